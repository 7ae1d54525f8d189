"""How the service is built: what it may use of the library, who reads the environment, and what works without it."""

import ast
import subprocess
import sys
import tomllib

import pytest
from source_tree import ROOT, names_used, tree

WEB = ROOT / "src" / "likeforlike_web"
FILES = sorted(WEB.rglob("*.py"))

PUBLIC = {
    *(
        "errors",
        "hashes",
        "labs",
        "intake",
        "evidence",
        "records",
        "synthetic",
        "report",
        "spreadsheets",
        "study",
        "plan",
        "terms",
        "formulas",
    ),
    "pipeline",
    # more of a folder than its verbs: the template's bytes, kinds of problem, an ODS sheet
    *("intake.template", "intake.template_xlsx", "intake.problems", "spreadsheets.ods"),
    # the rules of checking, the ledger, the certificate, and what a busy vault says
    *("disclosure.checking.approvals", "disclosure.checking.pack", "disclosure.checking.rules"),
    "disclosure.checking.words",
    # for the desk: a release, its study in the vault, and a plan as it is typed
    *("disclosure.checking.of_study", "disclosure.checking.read", "disclosure.release", "read"),
    *("disclosure.ledger.files", "disclosure.ledger.write", "calibration.files", "vault.write", "files"),
    # which engine works on the records
    "settings",
    # a sentence for anything that goes wrong; progress on the terminal
    *("cli.failure", "cli.console"),
}
"""What the service may import of the library; everything else may be changed without asking it."""
SETS_ENVIRONMENT = {"commands/start.py", "demo/run.py"}
"""They start Django, which reads its settings' name from there."""
PACKAGES = {
    "django": "django",
    "allauth": "django-allauth",
    "ninja": "django-ninja",
    "pyrage": "pyrage",
    "whitenoise": "whitenoise",
    "gunicorn": "gunicorn",
    "psycopg": "psycopg",
    "argon2": "argon2-cffi",
}


def relative(path):
    return path.relative_to(WEB).as_posix()


def modules_imported(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_only_the_public_surface_is_used(path):
    used = {m.removeprefix("likeforlike.") for m in modules_imported(path) if m.startswith("likeforlike.")}
    assert used - PUBLIC == set()


def test_the_public_surface_is_no_larger_than_what_is_used():
    used = {m.removeprefix("likeforlike.") for path in FILES for m in modules_imported(path)}
    assert PUBLIC - used == set()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_one_module_reads_the_environment(path):
    if relative(path) in {"settings/environment.py", *SETS_ENVIRONMENT}:
        return
    found = [line for line, name in names_used(path) if name.startswith(("os.environ", "os.getenv"))]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_every_file_says_what_it_is(path):
    if "/migrations/0" not in relative(path):
        assert ast.get_docstring(tree(path))


def test_every_package_is_one():
    folders = {p.parent for p in FILES}
    assert [relative(f) for f in folders if not (f / "__init__.py").exists()] == []


def test_the_extra_names_what_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {line.split(">")[0].split("[")[0] for line in project["optional-dependencies"]["web"]}
    base = " ".join(project["dependencies"])
    imported = {m.split(".")[0] for path in FILES for m in modules_imported(path)}
    used = {PACKAGES[m] for m in imported if m in PACKAGES} | {
        "gunicorn",
        "psycopg",
        "argon2-cffi",
        "whitenoise",
    }
    assert extra == used, "the last four are named in settings and commands alone"
    assert not any(name in base for name in ("django", "pyrage", "gunicorn"))


WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "allauth", "pyrage", "whitenoise", "gunicorn"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Gone())
import importlib.util
real = importlib.util.find_spec
def find_spec(name, package=None):
    try:
        return real(name, package)
    except ModuleNotFoundError:
        return None
importlib.util.find_spec = find_spec
from likeforlike.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--help"], 0, "Usage"),
        (["serve", "--help"], 0, "made-up lab"),
        (["serve"], 2, "pip install 'likeforlike[web]'"),
        (["worker"], 2, "pip install 'likeforlike[web]'"),
        (["audit", "verify"], 2, "pip install 'likeforlike[web]'"),
        (["keys", "make", "x"], 2, "pip install 'likeforlike[web]'"),
    ],
)
def test_without_the_extra_everything_else_works(tmp_path, arguments, code, said):
    command = [sys.executable, "-c", WITHOUT, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_stays_quick():
    code = "import sys; from likeforlike.cli.app import app; print(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert {"django", "allauth", "pyrage", "polars"} & set(done.stdout.split()) == set()


def test_templates_have_no_style_or_script_of_their_own():
    for path in WEB.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for wrong in ("<style", "<script", " style=", " onclick", "javascript:", "://"):
            assert wrong not in text, f"{relative(path)} has {wrong}"
