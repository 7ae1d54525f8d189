"""Another department's lab on the same website: a list, its check, the worker's analysis, both reviews, the library."""

import pytest

import likeforlike as lfl
from likeforlike_web.demo.home import Home
from likeforlike_web.demo.lists import tidy_lists
from support.web_service import Service

PEOPLE, PARTICIPANTS = 9_000, 220
QUICK = 'checks = ["rosenbaum"]\nthresholds = []\nbootstrap = 0\n'


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    folder, lab = tmp_path_factory.mktemp("department"), lfl.load_lab("employment")
    twin = lfl.write_twin(lab, PEOPLE, 7, folder / "twin", participants=PARTICIPANTS, replicates=20)
    lfl.build_register(lab, twin.records, folder / "register", retrain=True)
    home = Home(folder, 0, "employment")
    (folder / "list.csv").write_bytes(tidy_lists(home.participants, lab, 1)[0])
    return Service(home, folder / "register")


def test_from_the_list_to_the_library(service):
    made = service.seed("running", file=str(service.home.folder / "list.csv"), lab="employment", plan=QUICK)
    assert service.worker("--until-idle").wait(timeout=240) == 0
    [(state, status)] = service.asked(
        "select c.state, r.status from cases_case c join cases_result r on r.case_id = c.id"
    )
    assert (state, status) == ("drafted", "released")
    shown = service.seed("published", case=made["case"])
    assert shown["state"] == "published"
    assert shown["codes"] == [200, 200]
    assert "in work" in shown["text"]
    assert "reoffen" not in shown["text"].lower()
    assert service.seed("audit") == ""


def test_its_ledger_is_in_a_folder_of_its_own(service):
    ledger = service.home.folder / "vault" / "ledger"
    assert [path.name for path in ledger.iterdir()] == ["employment"]
    assert (ledger / "employment" / "entries.jsonl").is_file()
