"""A folder of releases: one result a programme, refusals and requests counted."""

import pytest

from likeforlike.errors import InputProblem
from likeforlike.evidence.library import read_library
from support.libraries import PROGRAMMES, library_of_releases, put, release_of, table_of
from support.release_figures import measure_row
from support.releases import refused_release
from support.reports import justice


def test_each_release_is_a_result(tmp_path):
    found = read_library(library_of_releases(tmp_path))
    assert [(r.about.programme, r.estimate, r.n, r.when) for r in found.results] == [
        (name, estimate, n, vintage[:7]) for name, estimate, _, _, n, vintage in PROGRAMMES
    ]
    assert found.results[0].std_error == pytest.approx(8 / 3.919928, rel=1e-6)
    assert (found.measured.name, found.measured.better, found.measured.months) == ("reoffended", "lower", 12)
    assert found.measured.label == "Proven reoffending rate within a year"


def test_the_latest_release_of_a_programme_counts(tmp_path):
    library_of_releases(tmp_path)
    put(release_of("Bridge Street", -4.0, -7.0, -1.0, 700, "2024-03-31"), tmp_path / "again")
    found = read_library(tmp_path)
    assert {r.about.programme: r.n for r in found.results}["Bridge Street"] == 700
    assert [(x.about.programme, x.why) for x in found.left_out] == [("Bridge Street", "replaced")]


def test_refused_withheld_and_longer_followed_are_left_out(tmp_path):
    library_of_releases(tmp_path)
    put(refused_release(justice()), tmp_path / "refused")
    longer = release_of("Two Years", -4.0, -7.0, -1.0, 700, "2024-03-31")
    put(longer.model_copy(update={"follow_up_months": 24}), tmp_path / "longer")
    hidden = release_of("Hidden", -4.0, -7.0, -1.0, 700, "2024-03-31")
    first, *others = hidden.measures
    row = measure_row(justice().outcomes.get(first.name), withheld="Too few.", headline=True)
    withheld = row.model_copy(update={"label": first.label, "statistical_label": first.statistical_label})
    put(hidden.model_copy(update={"measures": (withheld, *others)}), tmp_path / "withheld")
    found = read_library(tmp_path)
    assert sorted(x.why for x in found.left_out) == ["other_period", "refused", "withheld"]
    assert [(r.status, bool(r.reason)) for r in found.unpublished] == [("refused", True)]


def test_a_list_of_requests_tells_what_was_never_published_and_of_what_kind_programmes_are(tmp_path):
    library_of_releases(tmp_path)
    table_of(
        tmp_path,
        "programme,status,reason,kind,setting",
        "Bridge Street,published,,mentoring,community",
        "second chance,published,,mentoring,prison",
        "Never Done,withdrawn,The provider closed,,",
        "Forgotten,published,,,",
        name="requests.csv",
    )
    found = read_library(tmp_path)
    assert {r.about.programme: r.about.setting for r in found.results}["Second Chance"] == "prison"
    assert {(r.programme, r.status) for r in found.unpublished} == {
        ("Never Done", "withdrawn"),
        ("Forgotten", "not found"),
    }
    assert len(found.requests) == 6


def test_another_measure(tmp_path):
    found = read_library(library_of_releases(tmp_path), "reoffences")
    assert found.measured.unit == "offences per person"


@pytest.mark.parametrize(
    ("measure", "says"), [("happiness", "No release has the measure 'happiness': choose from ")]
)
def test_an_unknown_measure(tmp_path, measure, says):
    with pytest.raises(InputProblem) as problem:
        read_library(library_of_releases(tmp_path), measure)
    assert says in str(problem.value)


def test_only_refusals(tmp_path):
    put(refused_release(justice()), tmp_path / "refused")
    with pytest.raises(InputProblem, match="only refusals: there is nothing to put together"):
        read_library(tmp_path)


def test_a_file_that_is_no_release(tmp_path):
    library_of_releases(tmp_path)
    (tmp_path / "release-1" / "results.json").write_text("{}")
    with pytest.raises(
        InputProblem, match=r"'release-1/results\.json' is no release of this version: take it out"
    ):
        read_library(tmp_path)
