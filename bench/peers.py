"""Other software, in an environment of its own: it never meets the product's libraries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ENVIRONMENT = HERE.parent / ".peers"
"""Where it is made when no other place is given; git passes it over."""


def peers_python(environment: Path = ENVIRONMENT) -> Path:
    """The peers' Python; on first use its environment is made from `bench/peers.txt`."""
    python = environment / "bin" / "python"
    if not python.exists():
        print(f"Installing the peers of bench/peers.txt into {environment.name}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        (environment / ".gitignore").write_text("*\n", encoding="utf-8")
        install = [python, "-m", "pip", "install", "--quiet", "-r", HERE / "peers.txt"]
        subprocess.run(install, check=True)
    return python
