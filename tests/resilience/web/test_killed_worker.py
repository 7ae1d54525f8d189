"""`kill -9` of the worker at every stage: the request is where it may be, with one result of the same bytes."""

import hashlib

import pytest

from likeforlike_web.demo.home import Home
from support.web_service import Service, kill, until

STAGES = (
    *("linkage", "followup", "matching", "diagnostics", "outcomes", "estimates"),
    *("beside", "timing", "checks", "sensitivity", "disclosure"),
)
PATIENCE = 240


@pytest.fixture(scope="module")
def services(twin, tidy_list, tmp_path_factory):
    made = [
        Service(Home(tmp_path_factory.mktemp(name), 0, "justice"), twin.register)
        for name in ("killed", "left")
    ]
    for service in made:
        service.seed("running", file=str(tidy_list))
    return made


def result_of(service):
    """Hashes of all that left the vault."""
    [(sha256, status)] = service.asked("select sha256, status from cases_result")
    files = service.asked("select name, content from cases_resultfile order by name")
    return sha256, status, {name: hashlib.sha256(content).hexdigest() for name, content in files}


def test_killed_at_every_stage(services):
    killed, left = services
    died_at = []
    for stage in STAGES:
        worker = killed.worker("--lease", "2")
        try:
            until(
                lambda wanted=stage: (
                    killed.asked("select stage from jobs_job where kind = 'run'") == [(wanted,)]
                ),
                PATIENCE,
                f"the stage {stage}",
            )
        finally:
            kill(worker)
        died_at.append(stage)
        assert killed.asked("select state from cases_case") == [("running",)]
        assert killed.asked("select count(*) from cases_result") == [(0,)]
        assert killed.asked("select state from jobs_job where kind = 'run'") == [("running",)]
    assert died_at == list(STAGES)
    worker = killed.worker("--lease", "2", "--until-idle")
    until(lambda: killed.asked("select state from cases_case") == [("drafted",)], PATIENCE, "the result")
    worker.wait(timeout=60)
    assert left.worker("--until-idle").wait(timeout=PATIENCE) == 0
    assert left.asked("select state from cases_case") == [("drafted",)]
    one, other = result_of(killed), result_of(left)
    assert one[1] in ("released", "refused")
    assert one == other, "the same bytes, whoever died on the way"
    names = [name for (name,) in killed.asked("select name from jobs_jobstage order by id")]
    # a stage that was kept by a child whose worker died before it could note it is taken from the vault, unnoted
    assert names == [stage for stage in STAGES[:-1] if stage in names]
    assert killed.seed("audit") == left.seed("audit") == ""


def test_no_child_outlives_its_worker(services):
    """A killed worker takes its child with it, else the next would find the vault in use."""
    import pathlib

    commands = []
    for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            commands.append(process.read_bytes().replace(b"\0", b" "))
        except OSError:
            continue
    mine = str(services[0].home.folder).encode()
    assert [c for c in commands if b"likeforlike_web.worker.child" in c and mine in c] == []
