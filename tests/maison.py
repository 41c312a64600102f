"""An installation of its own, used from outside as an operator would: by the `jalon` command, each time a new process.

On PostgreSQL each one gets a database of its own on the server of the run.
"""

import atexit
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
# What the run of the tests itself put in the environment must not reach an installation.
NOT_PASSED = ("DJANGO_SETTINGS_MODULE", "JALON_HOME", "JALON_POSTGRES", "JALON_MODE", "JALON_MASTER_KEY")
PREAMBLE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "jalon.settings.development"
import django
django.setup()
from datetime import timedelta
from jalon.actions import clock
now = clock.now()
"""


class Maison:
    def __init__(self, home: Path, copied_from: "Maison | None" = None) -> None:
        self.home = home
        self.environ = {k: v for k, v in os.environ.items() if k not in NOT_PASSED}
        self.environ |= {"JALON_HOME": str(home), "PYTHONPATH": f"{RACINE / 'src'}:{RACINE}"}
        server = os.environ.get("JALON_POSTGRES")
        if server:
            template = copied_from.environ["JALON_POSTGRES"] if copied_from else ""
            self.environ["JALON_POSTGRES"] = new_database(server, template)

    @classmethod
    def ready(cls, home: Path) -> "Maison":
        """Already initialised, as a copy of one that was: making each from nothing would take most of the run."""
        model = _model()
        shutil.copytree(model.home, home)
        setting = home / "miroir.json"
        setting.write_text(setting.read_text().replace(str(model.home), str(home)))
        return cls(home, model)

    interpreter = sys.executable

    def jalon(self, *arguments: str, entree: str = "", **environ: str) -> tuple[int, dict[str, Any]]:
        """Exit status and answer of one command."""
        done = self._run([sys.executable, "-m", "jalon", *arguments], entree, environ)
        try:
            return done.returncode, json.loads(done.stdout)
        except ValueError:
            raise AssertionError(f"no answer: {done.stdout}\n{done.stderr}") from None

    def python(self, code: str, **environ: str) -> Any:
        """Run this in the installation; the last line printed is JSON."""
        done = self._run([sys.executable, "-c", PREAMBLE + code], "", environ)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None

    def start(self, code: str, **environ: str) -> "subprocess.Popen[str]":
        """The same, left running."""
        return subprocess.Popen(
            [sys.executable, "-c", PREAMBLE + code],
            env={**self.environ, **environ},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _run(
        self, command: list[str], entree: str, environ: dict[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command,
            env={**self.environ, **environ},
            input=entree,
            text=True,
            capture_output=True,
            check=False,
            timeout=120,
        )

    def bytes(self) -> dict[str, bytes]:
        """Every file of the data folder, to see that nothing was written."""
        return {str(p.relative_to(self.home)): p.read_bytes() for p in self.home.rglob("*") if p.is_file()}


def wait_for(path: Path, seconds: float = 60) -> None:
    """Until another process says that it is where it should be cut off."""
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} never came"
        time.sleep(0.02)


def cut_off(process: "subprocess.Popen[str]") -> None:
    """As a power cut would."""
    process.send_signal(signal.SIGKILL)
    process.communicate()


@cache
def _model() -> Maison:
    """Made once in each process of the tests; nobody else uses it."""
    folder = Path(tempfile.mkdtemp(prefix="jalon-modele-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    model = Maison(folder / "maison")
    status, told = model.jalon("initialiser")
    assert status == 0, told
    return model


def new_database(server: str, template: str = "") -> str:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    name = f"maison_{secrets.token_hex(5)}"
    copied = f' TEMPLATE "{conninfo_to_dict(template)["dbname"]}"' if template else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}')  # type: ignore[call-overload]
    return make_conninfo(server, dbname=name)
