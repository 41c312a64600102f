"""A power cut at any point leaves a vault that opens, and a destruction that can be finished."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_vault_cut_at_any_step_opens_again_and_can_finish_what_it_had_begun(tmp_path):
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("coupures.py")), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    done = json.loads(run.stdout)
    # Each operation was really cut in many places, and the killed processes had really worked.
    assert {name: count >= 6 for name, count in done["etapes"].items()} == dict.fromkeys(done["etapes"], True)
    assert done["etapes"]["rotate"] > done["etapes"]["renew"] >= 10
    # Some cuts left a ring half written, beside its journal.
    assert all(done["a_moitie"][name] >= 1 for name in ("destroy", "renew", "rotate"))
    assert done["epoque"] > 12
