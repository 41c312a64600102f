"""The key that signs cookies: made once, kept beside the data, readable by its owner only."""

import os
import secrets
from pathlib import Path


def local_secret(folder: Path) -> str:
    """The content of `cle-session` in the data folder, written at the first call."""
    path = folder / "cle-session"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    made = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
    return made
