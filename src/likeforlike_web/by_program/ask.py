"""One question to the service and its answer, or the one sentence why there is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

from likeforlike.errors import InputProblem

SECONDS = 60
HERE = ("localhost", "127.0.0.1", "::1")
AWAY = "The service at {where} did not answer: check the address and the network, and run the same command again."
NOT_OURS = "What answers at {where} is not this service: check the address."


class _NoRedirects(HTTPRedirectHandler):
    """A key is never carried on to another address."""

    def redirect_request(self, *args: Any, **more: Any) -> None:
        """Go nowhere."""


OPENER = build_opener(_NoRedirects)


@dataclass(frozen=True, slots=True)
class Service:
    """A service, and the key with which it is asked.

    Raises
    ------
    InputProblem
        The address is not one at which a key is safe.
    """

    address: str
    key: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
        if not safe or not parts.hostname:
            raise InputProblem("--to must be the service's address, beginning with https://.")

    def get(self, path: str) -> Any:
        """What is at an address, read as JSON."""
        return self._json(self._ask("GET", path))

    def post(self, path: str, told: Any = None) -> Any:
        """Tell something; what came of it."""
        body = None if told is None else json.dumps(told).encode()
        return self._json(self._ask("POST", path, body, "application/json"))

    def file(self, path: str) -> bytes:
        """A file as it is."""
        return self._ask("GET", path)

    def send(self, path: str, kind: str, content: bytes) -> Any:
        """Send a list; of its name only the kind goes along."""
        mark = uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="list"; filename="list.{kind}"\r\n'
        body = f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content
        body += f"\r\n--{mark}--\r\n".encode()
        return self._json(self._ask("POST", path, body, f"multipart/form-data; boundary={mark}"))

    def _ask(self, way: str, path: str, body: bytes | None = None, kind: str = "") -> bytes:
        request = Request(f"{self.address.rstrip('/')}/api{quote(path)}", body, method=way)  # noqa: S310
        request.add_header("Authorization", f"Bearer {self.key}")
        if body is not None:
            request.add_header("Content-Type", kind)
        try:
            with OPENER.open(request, timeout=SECONDS) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as problem:
            raise InputProblem(self._sentence(problem)) from None
        except (URLError, OSError):
            raise InputProblem(AWAY.format(where=urlsplit(self.address).hostname)) from None

    def _sentence(self, problem: HTTPError) -> str:
        try:
            return str(json.loads(problem.read())["sentence"])
        except (ValueError, KeyError, TypeError, OSError):
            return NOT_OURS.format(where=urlsplit(self.address).hostname)

    def _json(self, content: bytes) -> Any:
        try:
            return json.loads(content)
        except ValueError:
            raise InputProblem(NOT_OURS.format(where=urlsplit(self.address).hostname)) from None
