"""ACRO in an environment of its own; where it cannot be installed, what was written down when it was tried."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PINS = HERE / "acro.txt"
ENVIRONMENT = HERE.parents[1] / ".acro"
RECORDED = {
    "a table of counts, all of 15 or more": "pass",
    "a rate of 50% of 60": "pass",
    "a count of 4": "fail",
    "a table in which all 30 had it": "fail",
    "a table in which 49 of 50 had it": "fail",
    "a rate of 100% of 30, as a mean": "pass",
    "a rate of 0% of 30, as a mean": "fail",
    "a rate of 97% of 30, as a mean": "pass",
    "a mean of which two people are nine tenths": "fail",
    "a mean whose largest part can be worked out to 10%": "fail",
    "the median of 12 people": "pass",
    "the least and the most of 12 people": "pass",
    "a regression with one person as a term": "pass",
    "a survival table of single events": "fail",
    "a list, and the list less one person": "pass",
    "a group of 4 left out of one table, counted in another": "pass",
}
"""ACRO 1.0.2 with `suppress=False`, 23 November 2026."""


def acro_says(environment: Path = ENVIRONMENT) -> tuple[dict[str, str], str]:
    """Status of each output, and which ACRO said so: its version, or that it is as recorded."""
    try:
        answers = _run(_python(environment))
    except (subprocess.SubprocessError, OSError) as error:
        print(f"ACRO could not be run ({type(error).__name__}): its verdicts are as recorded.", flush=True)
        return RECORDED, "ACRO 1.0.2, recorded"
    return {each["what"]: each["status"] for each in answers}, f"ACRO {answers[0]['version']}"


def _python(environment: Path) -> Path:
    """ACRO's Python; made from `acro.txt` on first use and when that changes."""
    python, installed, pins = (
        environment / "bin" / "python",
        environment / PINS.name,
        PINS.read_text(encoding="utf-8"),
    )
    if not installed.exists() or installed.read_text(encoding="utf-8") != pins:
        print(f"Installing ACRO into {environment.name}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        (environment / ".gitignore").write_text("*\n", encoding="utf-8")
        subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "-r", str(PINS)], check=True, timeout=600
        )
        installed.write_text(pins, encoding="utf-8")
    return python


def _run(python: Path) -> list[dict[str, Any]]:
    command = [str(python), str(HERE / "acro_cases.py")]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]
