"""Splink without its messages: they are for a person at a notebook, and may quote SQL."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_splink() -> Iterator[None]:
    """Hold back all that Splink would log, and put its logger back afterwards."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
