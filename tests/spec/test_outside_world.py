"""Who may touch the world outside: the disk, the environment, the network, the clock and the screen."""

import ast

import pytest
from source_tree import calls, names_used, product_files, relative, tree

FILE_KEEPERS = ("files.py", "read.py", "write.py")
DISK_FOLDERS = ("records/",)

DISK_CALLS = {
    *("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob"),
    *("mkdir", "unlink", "rmdir", "touch", "symlink_to", "hardlink_to", "fsync", "to_disk"),
    *("read_csv", "read_parquet", "read_ipc", "read_json", "read_ndjson", "read_excel", "read_ods"),
    *("scan_csv", "scan_parquet", "scan_ipc", "scan_ndjson"),
    *("write_parquet", "write_ipc", "write_excel", "sink_parquet", "sink_csv", "sink_ipc"),
    *(
        "rmtree",
        "copytree",
        "copyfile",
        "copy2",
        "mkdtemp",
        "mkstemp",
        "TemporaryDirectory",
        "NamedTemporaryFile",
    ),
}
NETWORK = ("socket", "urllib.request", "http.client", "httpx", "requests", "ftplib", "smtplib")


def may_touch_disk(name: str) -> bool:
    return name.startswith(DISK_FOLDERS) or name.rsplit("/", 1)[-1] in FILE_KEEPERS


def touches_disk(call: str) -> bool:
    owner, _, verb = call.rpartition(".")
    return call == "open" or verb == "open" or (verb in DISK_CALLS or call in DISK_CALLS) or owner == "shutil"


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_only_file_keepers_touch_the_disk(path):
    if may_touch_disk(relative(path)):
        return
    assert [f"line {line}: {call}" for line, call in calls(path) if touches_disk(call)] == []


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_only_settings_reads_the_environment(path):
    if relative(path) == "settings.py":
        return
    environment = ("os.environ", "os.getenv", "os.environb", "os.putenv")
    assert [f"line {line}: {name}" for line, name in names_used(path) if name.startswith(environment)] == []


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_nothing_opens_the_network(path):
    assert [f"line {line}: {name}" for line, name in names_used(path) if name.startswith(NETWORK)] == []


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_only_the_clock_tells_the_time(path):
    """Dates in results come from the study and the register, so that the same input gives the same figures."""
    if relative(path) == "clock.py":
        return
    clock = {
        "date.today",
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "time.time",
        "datetime.date.today",
    }
    assert [f"line {line}: {call}" for line, call in calls(path) if call in clock] == []


def test_only_the_command_line_looks_at_the_clock():
    clock = "likeforlike.clock"
    users = {path for path in product_files() for _, name in names_used(path) if name.startswith(clock)}
    assert {relative(path).split("/")[0] for path in users} <= {"cli"}


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_only_the_command_line_prints(path):
    """Elsewhere a print could show a person."""
    if relative(path).startswith("cli/"):
        return
    assert [
        f"line {line}: {call}" for line, call in calls(path) if call in {"print", "pprint", "pprint.pprint"}
    ] == []


@pytest.mark.parametrize("path", product_files(), ids=relative)
def test_no_lab_is_special(path):
    """A lab is data: its name stands in no condition of the code."""
    found = [
        f"line {node.lineno}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare)
        for part in (node.left, *node.comparators)
        if isinstance(part, ast.Constant) and part.value in {"justice", "employment"}
    ]
    assert found == []
