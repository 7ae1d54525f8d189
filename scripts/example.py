"""Makes a lab's example release again, from made-up records: what `likeforlike report --example LAB` shows.

.venv/bin/python scripts/example.py justice        about five minutes
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "src" / "likeforlike" / "report" / "examples"


def likeforlike(folder: Path, *arguments: str | Path) -> None:
    """A command whose ledger lies in the folder."""
    command = [sys.executable, "-m", "likeforlike", *map(str, arguments)]
    own = {"LIKEFORLIKE_LEDGER": str(folder / f"ledger of {arguments[0]}")}
    subprocess.run(command, check=True, env=os.environ | own)


def make(lab: str, people: int, folder: Path) -> bytes:
    """The example release, as `results.json`."""
    demo, out = folder / "demo", folder / "out"
    likeforlike(folder, "demo", "--lab", lab, "--people", str(people), "--out", demo)
    programme = demo / "twin" / "programme"
    likeforlike(
        folder, "run", "--lab", lab, "--register", demo / "register", "--out", out,
        "--cohort", programme / "participants.xlsx", "--about", programme / "about.toml",
        "--plan", ROOT / "scripts" / "example" / f"{lab}.toml",
    )  # fmt: skip
    return (out / "release" / "results.json").read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lab")
    parser.add_argument("--people", type=int, default=200_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        release = make(given.lab, given.people, Path(folder))
    (EXAMPLES / f"{given.lab}.json").write_bytes(release)


if __name__ == "__main__":
    main()
