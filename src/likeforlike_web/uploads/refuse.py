"""Every other form takes no file."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class RefuseUploads(FileUploadHandler):
    """Passes over any file that is sent to a page which wants none."""

    def new_file(self, *args: Any, **more: Any) -> None:
        """Skip it before a byte is kept."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Nothing comes here."""

    def file_complete(self, file_size: int) -> None:
        """Nothing came."""
