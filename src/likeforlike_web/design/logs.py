"""Logs without what people typed: an error is its type and our own line, never its text."""

from __future__ import annotations

import logging
import traceback


class WithoutContent(logging.Filter):
    """Takes messages of exceptions, requests and their variables out of a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, but only what holds nobody's details."""
        if record.exc_info:
            kind, _, trace = record.exc_info
            frames = traceback.extract_tb(trace)[-3:]
            where = " < ".join(
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames)
            )
            record.msg = f"{kind.__name__ if kind else 'error'} at {where}"
            record.args, record.exc_info, record.exc_text = None, None, None
        record.stack_info = None
        if record.name.startswith("django.request") or record.name.startswith("django.security"):
            status = getattr(record, "status_code", None)
            record.msg, record.args = (
                (f"status {status}" if status and not record.msg.count(" at ") else record.msg),
                None,
            )
        return True
