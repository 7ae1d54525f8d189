"""Writes `bench/README.md`: every claim of every benchmark in one table.

.venv/bin/python bench/table.py
"""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).parent
HEAD = """# Benchmarks

`make bench` runs them all; each also has `--quick`. Results are in `results/NAME.json`: the machine, the versions, what
was measured, and the claims below. This page is written by `bench/table.py`.

| benchmark | claim | target | measured | reached |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page as text."""
    lines, machines = [], []
    for path in sorted((HERE / "results").glob("*.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        machines.append(f"- `{result['name']}`: {result['machine']}")
        lines += [
            f"| `{result['name']}` | {c['claim']} | {c['target']} | {c['measured']} | {'yes' if c['ok'] else 'no'} |"
            for c in result["claims"]
        ]
    return HEAD + "\n".join(lines) + "\n\nMachines:\n\n" + "\n".join(machines) + "\n"


if __name__ == "__main__":
    (HERE / "README.md").write_text(page(), encoding="utf-8")
