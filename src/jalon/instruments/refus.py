"""Why a file cannot be used: which file, which line, which place, and what to do. Nothing of it is used then."""


class InstrumentRefuse(ValueError):
    def __init__(self, file: str, where: str, reason: str, line: int | None = None) -> None:
        self.file, self.where, self.reason, self.line = file, where, reason, line
        place = f"ligne {line}, {where}" if line else where
        super().__init__(f"{file}, {place}\u00a0: {reason}")
