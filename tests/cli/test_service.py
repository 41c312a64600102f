"""`jalon servir`: pages and worker start together, stop together, and neither outlives the other."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.maison import Maison

PATIENCE = 90


@pytest.fixture(scope="module")
def maison(tmp_path_factory):
    """With a cabinet, so that the demonstration is not loaded into it."""
    maison = Maison.ready(tmp_path_factory.mktemp("service") / "maison")
    maison.python("from tests.factories import OrganismeFactory; OrganismeFactory()")
    return maison


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def service(maison, port):
    process = subprocess.Popen(
        [sys.executable, "-m", "jalon", "servir", "--port", str(port), "--processus", "1"],
        env=maison.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    for pid in children(process.pid):
        stop(pid)
    process.kill()
    process.communicate()


def children(pid):
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def stop(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def until(done, what):
    deadline = time.monotonic() + PATIENCE
    while not (found := done()):
        assert time.monotonic() < deadline, what
        time.sleep(0.1)
    return found


def answers(port):
    """The status of a page that is not there: whatever the pages hold, somebody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/nulle-part/", timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    except OSError:
        return None


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_pages_and_worker_start_and_stop_together(maison, service, port):
    (maison.home / "battement").unlink(missing_ok=True)
    assert until(lambda: answers(port), "the pages") == 404
    until(lambda: (maison.home / "battement").exists(), "the worker's heartbeat")
    assert maison.jalon("sante")[1]["etat"] == "ok"
    held = children(service.pid)
    assert len(held) == 2
    service.send_signal(signal.SIGTERM)
    told, complaints = service.communicate(timeout=PATIENCE)
    assert (service.returncode, [line for line in complaints.splitlines() if " 404 " not in line]) == (0, [])
    assert f"http://127.0.0.1:{port}/" in told
    assert not any(alive(pid) for pid in held)


def test_a_worker_that_falls_is_put_back_on_its_feet_and_pages_that_stop_stop_all(service, port):
    until(lambda: answers(port), "the pages")
    pages, worker = until(lambda: len(children(service.pid)) == 2 and children(service.pid), "both")
    os.kill(worker, signal.SIGKILL)
    until(
        lambda: len([pid for pid in children(service.pid) if pid not in (pages, worker)]) == 1,
        "another worker",
    )
    assert answers(port) == 404
    os.kill(pages, signal.SIGKILL)
    service.communicate(timeout=PATIENCE)
    assert service.returncode == 1


def test_killed_outright_it_leaves_no_child_behind(service, port):
    until(lambda: answers(port), "the pages")
    held = until(lambda: len(children(service.pid)) == 2 and children(service.pid), "both")
    service.kill()
    service.communicate()
    until(lambda: not any(alive(pid) for pid in held), "the children to stop")


def test_a_port_that_is_taken_is_told_and_nothing_is_started(maison, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = maison._run([sys.executable, "-m", "jalon", "servir", "--port", str(port)], "", {})
    assert done.returncode == 2
    assert f"Le port {port}" in done.stderr


def test_the_demonstration_makes_its_papers_in_a_process_of_its_own(maison):
    """Typst's threads would be missing in the pages, which are forked from this process: the first paper would hang."""
    maison.python(
        "from jalon.cli.exploitation import demonstration as d; import jalon.documents.rendu as r; "
        "d.load = lambda: r._fonts() and r._require_own_threads(); d._load_apart(); assert r._COMPILED_IN == {}"
    )
    refused = (
        "from jalon.cli.exploitation import demonstration as d; from jalon.cli.exploitation.depart import DepartRefuse; "
        "d.load = lambda: 1 / 0\ntry:\n    d._load_apart()\nexcept DepartRefuse as no:\n    assert 'Relancez' in no.phrase\n"
        "else:\n    raise SystemExit('not refused')"
    )
    maison.python(refused)
