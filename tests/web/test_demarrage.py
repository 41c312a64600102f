"""What the pages load at their start: the slow libraries wait until somebody needs them."""

import os
import subprocess
import sys
from pathlib import Path

import jalon

# Each takes a good part of a second; one is used by the worker, another by who seals, the others by who sends a file.
LENTES = (
    "pyhanko",
    "icalendar",
    "recurring_ical_events",
    "aiohttp",
    "pikepdf",
    "PIL",
    "rapidfuzz",
    "pyzipper",
)


def test_the_pages_start_without_the_slow_libraries():
    code = (
        "import django, sys; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "import jalon.web.urls;"
        f"print(sorted(set({LENTES!r}) & set(sys.modules)))"
    )
    env = os.environ | {"PYTHONPATH": str(Path(jalon.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "[]"
