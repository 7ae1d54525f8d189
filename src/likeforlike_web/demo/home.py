"""A folder that holds a whole made-up service: twin, register, keys, and the settings that name them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from likeforlike.errors import RegisterProblem
from likeforlike.labs import Lab
from likeforlike.records import build_register, open_register
from likeforlike.synthetic import is_twin, write_twin
from likeforlike.terms import Progress, silent
from likeforlike_web.worker.identity import make_identity, read_identity

SEED, PARTICIPANTS = 3, 1_400


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of a made-up service is."""

    folder: Path
    port: int
    lab: str

    @property
    def desk_port(self) -> int:
        """Where the desk is: the port after the website's."""
        return self.port + 1

    @property
    def participants(self) -> Path:
        """The made-up programme's list."""
        return self.folder / "twin" / "programme" / "participants.xlsx"

    def front(self) -> dict[str, str]:
        """The website's settings."""
        return {
            "LIKEFORLIKE_WEB_SECRET": self._secret(),
            "LIKEFORLIKE_WEB_HOSTS": "localhost,127.0.0.1",
            "LIKEFORLIKE_WEB_DATABASE": f"sqlite:///{(self.folder / 'service.sqlite3').resolve()}",
            "LIKEFORLIKE_WEB_UPLOADS": str((self.folder / "uploads").resolve()),
            "LIKEFORLIKE_WEB_KEY": self._public_key(),
            "LIKEFORLIKE_WEB_LABS": self.lab,
            "LIKEFORLIKE_WEB_MAIL": str((self.folder / "mail").resolve()),
            "LIKEFORLIKE_WEB_HTTP": "yes",
        }

    def desk(self) -> dict[str, str]:
        """The desk's settings: the website's and its own."""
        return self.front() | {
            "LIKEFORLIKE_VAULT_FOLDER": self.vault()["LIKEFORLIKE_VAULT_FOLDER"],
            "LIKEFORLIKE_WEB_ADDRESS": f"http://localhost:{self.port}",
        }

    def vault(self) -> dict[str, str]:
        """The worker's settings: the website's and its own."""
        place = (self.folder / "vault").resolve()
        return self.front() | {
            "LIKEFORLIKE_VAULT_IDENTITY": str(place / "lab.key"),
            "LIKEFORLIKE_VAULT_KEYRING": str(place / "keyring"),
            "LIKEFORLIKE_VAULT_FOLDER": str(place / "studies"),
            "LIKEFORLIKE_VAULT_REGISTERS": f"{self.lab}={(self.folder / 'register').resolve()}",
            "LIKEFORLIKE_VAULT_LEDGER": str(place / "ledger"),
        }

    def _secret(self) -> str:
        file = self.folder / "secret"
        if not file.exists():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(64), encoding="ascii")
        return file.read_text(encoding="ascii")

    def _public_key(self) -> str:
        file = self.folder / "vault" / "lab.key"
        return str(read_identity(file).to_public()) if file.exists() else make_identity(file)


def make_records(home: Home, lab: Lab, people: int, progress: Progress = silent) -> None:
    """The twin and its register, unless they are there."""
    twin, register = home.folder / "twin", home.folder / "register"
    if not is_twin(twin, lab, people=people, seed=SEED):
        write_twin(lab, people, SEED, twin, participants=min(PARTICIPANTS, people // 40), progress=progress)
    try:
        open_register(register, lab)
    except RegisterProblem:
        build_register(lab, twin / "records", register, progress=progress, retrain=True)
