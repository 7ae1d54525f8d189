"""The command line: `likeforlike --help`."""

from likeforlike.cli.app import main

__all__ = ["main"]
