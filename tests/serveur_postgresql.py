"""A real PostgreSQL server for the time of a run: from the system's packages, on a socket of its own, nothing kept.

`python tests/serveur_postgresql.py pytest tests/records` runs a command with `JALON_POSTGRES` set to such a server.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing has to survive this server: it may forget to write.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=150"


class Absent(Exception):
    """PostgreSQL is not installed here; says what to install."""


def binaries() -> Path:
    """The newest version that is installed, Debian's way or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    if initdb is None:
        raise Absent("PostgreSQL manque : installez le paquet « postgresql » (apt-get install postgresql).")
    return Path(initdb).resolve().parent


@contextmanager
def server() -> Iterator[str]:
    """Its connection string. As root the server runs as `postgres`, for it refuses to run as root."""
    tools = binaries()
    folder = Path(tempfile.mkdtemp(prefix="jalon-pg-"))
    data, user = folder / "data", _user()
    try:
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        _run(
            user,
            tools / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        listens = f"-k {folder} -c listen_addresses= {QUICK}"
        _run(user, tools / "pg_ctl", "-D", data, "-w", "-o", listens, "-l", folder / "log", "start")
        try:
            yield f"host={folder} user=postgres dbname=postgres"
        finally:
            _run(user, tools / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> pwd.struct_passwd | None:
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    ids = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **ids,  # type: ignore[arg-type]
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr[-2000:]}")


def main(arguments: list[str]) -> int:
    # Asked to stop, the server stops too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with server() as conninfo:
            environment = {**os.environ, "JALON_POSTGRES": conninfo}
            return subprocess.run(arguments, env=environment, check=False).returncode
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
