"""What the environment says of this service; the only module of it that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from likeforlike.errors import InputProblem
from likeforlike.settings import read_settings
from likeforlike.terms import EngineName

Environment = dict[str, str]
LEAST_SECRET = 50
"""Characters of the key that signs sessions, as Django asks."""
KEYS = ("LIKEFORLIKE_VAULT_IDENTITY", "LIKEFORLIKE_VAULT_KEYRING")
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Front:
    """What the website may know: nothing that opens an upload is among it."""

    secret: str
    """LIKEFORLIKE_WEB_SECRET: text of at least 50 characters that signs sessions and links; required."""
    hosts: tuple[str, ...]
    """LIKEFORLIKE_WEB_HOSTS: names under which the website is reached, separated by commas; required."""
    database: str
    """LIKEFORLIKE_WEB_DATABASE: `sqlite:///path` or `postgresql://user@host/name`; required."""
    uploads: Path
    """LIKEFORLIKE_WEB_UPLOADS: folder for encrypted uploads; required."""
    public_key: str
    """LIKEFORLIKE_WEB_KEY: the lab's public key, to which every upload is encrypted; required."""
    labs: tuple[str, ...]
    """LIKEFORLIKE_WEB_LABS: labs that providers may choose, separated by commas (default: justice)."""
    mail: str
    """LIKEFORLIKE_WEB_MAIL: `smtp://user:password@host:port`, or a folder to which mails are written; required."""
    sender: str
    """LIKEFORLIKE_WEB_SENDER: address from which mails come (default: lab@localhost)."""
    keep_days: int
    """LIKEFORLIKE_WEB_KEEP: days after which the list of a request at rest is deleted (default: 365)."""
    plain_http: bool
    """LIKEFORLIKE_WEB_HTTP: `yes` serves without encryption, on this machine's own addresses only (default: no)."""


@dataclass(frozen=True, slots=True)
class Vault:
    """What the worker knows besides."""

    identity: Path
    """LIKEFORLIKE_VAULT_IDENTITY: file with the lab's private key, readable by its owner only; required."""
    keyring: Path
    """LIKEFORLIKE_VAULT_KEYRING: folder with the keys of requests; kept out of backups; required."""
    folder: Path
    """LIKEFORLIKE_VAULT_FOLDER: folder for the stages of studies; required."""
    registers: dict[str, Path]
    """LIKEFORLIKE_VAULT_REGISTERS: `lab=folder` for each lab, separated by commas; required."""
    ledger: Path
    """LIKEFORLIKE_VAULT_LEDGER: folder with a ledger for each lab, in a folder of the lab's name; required."""
    stage_memory: int
    """LIKEFORLIKE_VAULT_MEMORY: megabytes that one stage may use (default: 4000)."""
    engine: EngineName = "duckdb"
    """LIKEFORLIKE_ENGINE: what runs queries over a register: `duckdb` (default), or `spark` for larger ones."""
    threads: int | None = None
    """LIKEFORLIKE_THREADS: threads of the query engine (default: all cores)."""
    query_memory: str = "2GB"
    """LIKEFORLIKE_MEMORY: memory limit of the query engine, like `3GB`, at least `100MB` (default `2GB`)."""

    def ledger_of(self, lab: str) -> Path:
        """Where a lab keeps what it was asked: no lab sees another's."""
        return self.ledger / lab


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk knows besides: it stands in the vault and reads what studies made, but has no key."""

    folder: Path
    """LIKEFORLIKE_VAULT_FOLDER: folder for the stages of studies, which the desk only reads; required."""
    website: str
    """LIKEFORLIKE_WEB_ADDRESS: where organisations reach the website, such as https://lab.example.org; required."""


def read_front(environment: Environment | None = None) -> Front:
    """Read the website's settings.

    Raises
    ------
    InputProblem
        One is missing or wrong, or the environment holds what only the worker may have.
    """
    env = dict(os.environ) if environment is None else environment
    found = read_shared(env)
    held = sorted(name for name in env if name.startswith("LIKEFORLIKE_VAULT_"))
    if held:
        raise InputProblem(f"{held[0]} is set, but the website must not have the vault's settings: unset it.")
    return found


def read_shared(environment: Environment | None = None) -> Front:
    """Read what website and worker share."""
    env = dict(os.environ) if environment is None else environment
    secret = _required(env, "LIKEFORLIKE_WEB_SECRET")
    if len(secret) < LEAST_SECRET:
        raise InputProblem(
            f"LIKEFORLIKE_WEB_SECRET is shorter than {LEAST_SECRET} characters: make it longer."
        )
    hosts = _listed(_required(env, "LIKEFORLIKE_WEB_HOSTS"))
    plain = _yes(env, "LIKEFORLIKE_WEB_HTTP")
    if plain and not set(hosts) <= set(LOOPBACK):
        raise InputProblem(
            "LIKEFORLIKE_WEB_HTTP is yes, but LIKEFORLIKE_WEB_HOSTS names other machines: unset it."
        )
    return Front(
        secret=secret,
        hosts=hosts,
        database=_required(env, "LIKEFORLIKE_WEB_DATABASE"),
        uploads=Path(_required(env, "LIKEFORLIKE_WEB_UPLOADS")),
        public_key=_required(env, "LIKEFORLIKE_WEB_KEY"),
        labs=_listed(env.get("LIKEFORLIKE_WEB_LABS", "justice")),
        mail=_required(env, "LIKEFORLIKE_WEB_MAIL"),
        sender=env.get("LIKEFORLIKE_WEB_SENDER", "lab@localhost"),
        keep_days=_number(env.get("LIKEFORLIKE_WEB_KEEP", "365"), "LIKEFORLIKE_WEB_KEEP"),
        plain_http=plain,
    )


def read_vault(environment: Environment | None = None) -> Vault:
    """Read the worker's own settings.

    Raises
    ------
    InputProblem
        One is missing or wrong, or the ledger is one that all labs shared.
    """
    env = dict(os.environ) if environment is None else environment
    machine = read_settings(env)
    return Vault(
        identity=Path(_required(env, "LIKEFORLIKE_VAULT_IDENTITY")),
        keyring=Path(_required(env, "LIKEFORLIKE_VAULT_KEYRING")),
        folder=Path(_required(env, "LIKEFORLIKE_VAULT_FOLDER")),
        registers=_registers(_required(env, "LIKEFORLIKE_VAULT_REGISTERS")),
        ledger=_ledger(env),
        stage_memory=_number(env.get("LIKEFORLIKE_VAULT_MEMORY", "4000"), "LIKEFORLIKE_VAULT_MEMORY"),
        engine=machine.engine,
        threads=machine.threads,
        query_memory=machine.memory,
    )


def read_desk(environment: Environment | None = None) -> Desk:
    """Read the desk's own settings.

    Raises
    ------
    InputProblem
        One is missing, or the environment holds a key.
    """
    env = dict(os.environ) if environment is None else environment
    held = [name for name in KEYS if name in env]
    if held:
        raise InputProblem(f"{held[0]} is set, but the desk must not have keys: unset it.")
    return Desk(
        folder=Path(_required(env, "LIKEFORLIKE_VAULT_FOLDER")),
        website=_required(env, "LIKEFORLIKE_WEB_ADDRESS").rstrip("/"),
    )


def _ledger(env: Environment) -> Path:
    from likeforlike.disclosure.ledger.write import ENTRIES

    folder = Path(_required(env, "LIKEFORLIKE_VAULT_LEDGER"))
    if (folder / ENTRIES).exists():
        raise InputProblem(
            f"LIKEFORLIKE_VAULT_LEDGER holds '{ENTRIES}' itself: move all that is in it into a folder there that has "
            "the lab's name."
        )
    return folder


def _required(env: Environment, name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise InputProblem(f"{name} is not set: see docs/reference/service-settings.md.")
    return value


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _yes(env: Environment, name: str) -> bool:
    value = env.get(name, "no").strip().lower()
    if value not in ("yes", "no"):
        raise InputProblem(f"{name} is '{value}': set it to yes or no.")
    return value == "yes"


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise InputProblem(f"{name} is '{text}': set it to a whole number from 1.")
    return int(text)


def _registers(text: str) -> dict[str, Path]:
    pairs = [part.partition("=") for part in _listed(text)]
    if not all(sign and lab and folder for lab, sign, folder in pairs):
        raise InputProblem(
            "LIKEFORLIKE_VAULT_REGISTERS is not of the form lab=folder,lab=folder: write it so."
        )
    return {lab.strip(): Path(folder.strip()) for lab, _, folder in pairs}
