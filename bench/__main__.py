"""Run each measuring module in a process and a data folder of its own, and print one table."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
NOT_MEASURES = {"__init__", "__main__", "banc", "reglages", "situation", "pages_de_reference"}


def main(wanted: list[str]) -> int:
    names = wanted or sorted(p.stem for p in HERE.glob("*.py") if p.stem not in NOT_MEASURES)
    missed = 0
    for name in names:
        rows = _run(name)
        if rows is None:
            missed += 1
            continue
        print(f"\n{name}")
        for row in rows:
            target = row.get("cible")
            over = target is not None and row["valeur"] > target
            missed += over
            mark = "" if target is None else ("  au-dessus de" if over else "  au plus") + f" {target}"
            print(
                f"  {row['nom']:<58} {row['valeur']:>10} {row['unite']}{mark}   [{row.get('reference', '')}]"
            )
    return 1 if missed else 0


def _run(name: str) -> list[dict[str, object]] | None:
    code = f"import json, bench.{name} as m; print('\\n' + json.dumps(m.run(), default=str))"
    with tempfile.TemporaryDirectory(prefix="jalon-banc-") as home:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=HERE.parent,
            env={**os.environ, "JALON_HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        print(f"\n{name} : la mesure a échoué\n{done.stderr[-2000:]}")
        return None
    found: list[dict[str, object]] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
