"""A real CalDAV server for the time of a run: Radicale, on a port of its own, in a folder that is thrown away."""

import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

QUI, MOT = "ana", "sésame-ouvre-toi"


@dataclass(frozen=True)
class Serveur:
    port: int

    @property
    def collection(self) -> str:
        return f"http://127.0.0.1:{self.port}/{QUI}/agenda/"

    def ask(self, methode: str, chemin: str, corps: bytes = b"", **entetes: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        sent = {"Authorization": "Basic " + b64encode(f"{QUI}:{MOT}".encode()).decode(), **entetes}
        try:
            connection.request(methode, chemin, body=corps, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def events(self) -> dict[str, bytes]:
        """What is in the collection, by the end of its address."""
        status, listed = self.ask("GET", f"/{QUI}/agenda/")
        assert status == 200, status
        import icalendar

        return {str(one["UID"]): one.to_ical() for one in icalendar.Calendar.from_ical(listed).walk("VEVENT")}

    def empty(self) -> None:
        self.ask("DELETE", f"/{QUI}/agenda/")
        body = (
            b'<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
            b"<resourcetype><collection/><C:calendar/></resourcetype></prop></set></mkcol>"
        )
        status, _ = self.ask("MKCOL", f"/{QUI}/agenda/", body)
        assert status == 201, status


@contextmanager
def server() -> Iterator[Serveur]:
    folder = Path(tempfile.mkdtemp(prefix="jalon-radicale-"))
    (folder / "qui").write_text(f"{QUI}:{MOT}\n", encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "radicale",
            "--config",
            "",
            f"--server-hosts=127.0.0.1:{port}",
            f"--storage-filesystem-folder={folder / 'donnees'}",
            "--auth-type=htpasswd",
            f"--auth-htpasswd-filename={folder / 'qui'}",
            "--auth-htpasswd-encryption=plain",
            "--auth-delay=0",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("Radicale did not start")
        yield Serveur(port)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
