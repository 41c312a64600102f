"""Search for a word as a thief would: every column of every table, and every byte of every file of the data folder."""

from pathlib import Path

from django.apps import apps
from django.conf import settings


def leftovers(word: str) -> list[str]:
    """Where the word stands in clear: «table.column» and file paths, sorted; empty when it is nowhere."""
    found = set()
    needles = [word.encode("utf-8"), word.encode("utf-16-le"), word.encode("latin-1", "ignore")]
    for model in apps.get_models():
        columns = [f.attname for f in model._meta.concrete_fields]
        for row in model._base_manager.values_list(*columns):
            for column, value in zip(columns, row, strict=True):
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                if any(n in raw for n in needles if n):
                    found.add(f"{model._meta.db_table}.{column}")
    for path in Path(settings.DONNEES).rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if any(n in content for n in needles if n):
                found.add(str(path.relative_to(settings.DONNEES)))
    return sorted(found)
