"""`python -m jalon`: the same as the `jalon` command."""

from jalon.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
