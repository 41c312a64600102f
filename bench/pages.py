"""The six busiest pages at twenty concurrent clients, and what ten thousand bilans in the database change to them."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from typing import Any

from bench.banc import RACINE, fixed_loop_ms, measure, setup

CLIENTS, EACH = 20, 12
LIMIT, GROWTH = 2.5, 1.2


def run() -> list[dict[str, Any]]:
    home = setup()
    from django.db import connection

    from bench.situation import populate

    small = populate(50)
    pages = _pages(small)
    few = _measure(home, pages, small)
    _grow(small, 10_000)
    connection.close()
    many = _measure(home, pages, small)
    loop = fixed_loop_ms()
    rows = []
    for name in pages:
        if name == "référence":
            continue
        ratio = few[name] / few["référence"]
        rows.append(
            measure(
                f"page {name}",
                ratio,
                "× la page de référence",
                LIMIT,
                f"référence {few['référence']:.1f} ms, boucle {loop:.1f} ms",
            )
        )
        growth = (many[name] / many["référence"]) / ratio
        rows.append(
            measure(
                f"page {name}, 10 000 bilans",
                growth,
                "× la même avec 50",
                GROWTH,
                f"référence {many['référence']:.1f} ms",
            )
        )
    return rows


def _pages(found: Any) -> dict[str, tuple[str, Any]]:
    from django.urls import reverse

    b = found.bilan.pk
    return {
        "référence": ("/banc/reference/", found.consultant),
        "accueil du bénéficiaire": (reverse("beneficiaire_accueil"), found.bilan.beneficiaire),
        "dossier": (reverse("consultant_bilan", args=[b]), found.consultant),
        "liste des dossiers": (reverse("organisme_dossiers"), found.responsable),
        "séance": (reverse("consultant_seance", args=[b, found.seance.pk]), found.consultant),
        "synthèse": (reverse("consultant_synthese", args=[b]), found.consultant),
        "agenda": (reverse("consultant_agenda"), found.consultant),
    }


def _grow(found: Any, count: int) -> None:
    from jalon.records.models import Bilan, Personne

    one = Bilan.objects.filter(etat="termine").first()
    assert one is not None
    people = Personne.objects.bulk_create(
        (Personne(email=f"c{i}@exemple.fr", cree_le=one.ouvert_le, password="!") for i in range(count)),
        batch_size=500,
    )
    import uuid

    def copies() -> Any:
        for i, person in enumerate(people):
            one.pk, one.numero, one.beneficiaire = uuid.uuid4(), f"c{i:06d}", person
            yield Bilan(**{f.attname: getattr(one, f.attname) for f in Bilan._meta.concrete_fields})

    Bilan.objects.bulk_create(copies(), batch_size=500)


def _session(person: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["second_facteur_pose"] = True
    session.save()
    return str(session.session_key)


def _measure(home: Any, pages: dict[str, tuple[str, Any]], found: Any) -> dict[str, float]:
    """Median milliseconds of each page, all measured by turns against one server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        **os.environ,
        "PYTHONPATH": f"{RACINE / 'src'}:{RACINE}",
        "JALON_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "bench.reglages",
    }
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "--workers",
            "2",
            "--bind",
            f"127.0.0.1:{port}",
            "--log-level",
            "error",
            "jalon.settings.wsgi",
        ],
        env=env,
    )
    try:
        _wait(port)
        cookies = {name: _session(person) for name, (_, person) in pages.items()}
        times: dict[str, list[float]] = {name: [] for name in pages}
        for turn in range(4):
            for name, (address, _) in pages.items():
                taken = _load(port, address, cookies[name])
                if turn:
                    times[name].append(taken)
        return {name: statistics.median(taken) for name, taken in times.items()}
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _load(port: int, address: str, cookie: str) -> float:
    """Median latency of one page under twenty clients that each ask twelve times."""
    taken: list[float] = []
    failures: list[int] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(EACH):
            start = time.perf_counter()
            connection.request(
                "GET", address, headers={"Cookie": f"jalon_session={cookie}", "Host": "127.0.0.1"}
            )
            answer = connection.getresponse()
            answer.read()
            taken.append(1000 * (time.perf_counter() - start))
            if answer.status != 200:
                failures.append(answer.status)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError(f"{address} answered {sorted(set(failures))}")
    return statistics.median(taken)
