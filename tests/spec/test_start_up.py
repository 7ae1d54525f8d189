"""Start-up is quick: the heavy libraries load only when a stage needs them."""

import subprocess
import sys

import pytest

HEAVY = {
    "polars",
    "splink",
    "duckdb",
    "altair",
    "scipy",
    "numpy",
    "pyarrow",
    "sqlglot",
    "vl_convert",
    "xlsxwriter",
}


def loaded_by(code: str) -> set[str]:
    """Top-level modules that are loaded after a fresh interpreter has run the code."""
    script = f"{code}\nimport sys\nprint('LOADED', *(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.rsplit("LOADED", 1)[1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import likeforlike",
        "import likeforlike.cli",
        "from typer.testing import CliRunner\n"
        "from likeforlike.cli.app import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0",
    ],
    ids=["import likeforlike", "import likeforlike.cli", "likeforlike --help"],
)
def test_loads_nothing_heavy(code):
    assert loaded_by(code) & HEAVY == set()
