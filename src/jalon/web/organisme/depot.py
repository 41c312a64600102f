"""An official archive as it comes in: laid on the disk chunk by chunk, since it may be large and holds nothing about anybody.

Everything else that is sent to Jalon stays in memory until it is encrypted (`web/televersement.py`); only this page differs.
"""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from jalon.access.metiers import upload_draft

# The daily XML of France compétences is about a hundred megabytes zipped.
MAX_BYTES = 600 * 1000 * 1000


class ArchiveSurDisque(FileUploadHandler):
    """One file, into a draft that the action takes or drops; `trop_grand` says that it was cut because of its weight."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.path: Path | None = None
        self.trop_grand = False
        self._file: Any = None
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.drop()
        self.path, self._size = upload_draft(), 0
        self._file = self.path.open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > MAX_BYTES:
            self.trop_grand = True
            self.drop()
            raise StopUpload(connection_reset=False)
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self._file.close()
        assert self.path is not None
        found = UploadedFile(None, self.file_name or "", self.content_type, file_size)
        found.depot = self.path  # type: ignore[attr-defined]
        return found

    def upload_interrupted(self) -> None:
        self.drop()

    def drop(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self.path is not None:
            self.path.unlink(missing_ok=True)
            self.path = None
