"""Other software, in an environment of its own: it never meets the product's libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PINS = HERE / "peers.txt"
ENVIRONMENT = HERE.parent / ".peers"
"""Where it is made when no other place is given; git passes it over."""


def peers_python(environment: Path = ENVIRONMENT) -> Path:
    """The peers' Python; its environment is made from `bench/peers.txt` on first use and when that changes."""
    python, installed = environment / "bin" / "python", environment / PINS.name
    pins = PINS.read_text(encoding="utf-8")
    if not installed.exists() or installed.read_text(encoding="utf-8") != pins:
        print(f"Installing the peers of bench/peers.txt into {environment.name}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        (environment / ".gitignore").write_text("*\n", encoding="utf-8")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(PINS)], check=True)
        installed.write_text(pins, encoding="utf-8")
    return python
