"""A release becomes a folder of files: the same bytes each time, nothing of others' touched."""

import csv
import io
import json
import re

import pytest

from likeforlike.disclosure.release import Release
from likeforlike.report import write_report
from likeforlike.report.write import report_files
from support.releases import EXAMPLES, RESULTS
from support.reports import QUICK, example, example_files, justice

TABLES = {"measures", "flow", "balance", "linkage", "disclosure_rules", "how_this_was_made"}


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_result_has_every_file(tmp_path):
    page = write_report(example("lower"), justice(), tmp_path / "out", formats=QUICK)
    assert page == tmp_path / "out" / "report.html"
    names = {f"tables/{t}.{kind}" for t in TABLES for kind in ("csv", "csv-metadata.json")}
    charts = ("icons_reoffended", "reoffended", "reoffences", "offence_free_days", "flow", "balance")
    names |= {f"charts/{chart}.svg" for chart in charts}
    assert set(tree(tmp_path / "out")) == names | {
        "report.html", "results.json", "acro.json", "tables.xlsx", "tables.ods", "ro-crate-metadata.json",
    }  # fmt: skip
    assert tree(tmp_path / "out") == example_files("lower")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_same_release_gives_the_same_bytes(name):
    assert report_files(EXAMPLES[name](justice()), justice(), formats=QUICK) == example_files(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_results_hold_the_release(name):
    text = example_files(name)["results.json"].decode()
    content = json.loads(text)
    assert list(content) == sorted(content)
    assert content.pop("schema") == "likeforlike-results"
    assert re.fullmatch(r"\d+\.\d+\.\d+", content.pop("schema_version"))
    assert Release.model_validate(content) == example(name)


@pytest.mark.parametrize("name", RESULTS)
def test_tables_have_one_header_and_whole_rows(name):
    for file, content in example_files(name).items():
        if file.endswith(".csv"):
            header, *rows = csv.reader(io.StringIO(content.decode()))
            assert len(set(header)) == len(header)
            assert rows
            assert {len(row) for row in rows} == {len(header)}


def test_what_a_plan_may_add_has_tables_of_its_own():
    files = example_files("full")
    added = {"sub_groups", "checks", "trials"}
    assert {f"tables/{t}.csv" for t in TABLES | added} <= set(files)
    rows = list(csv.DictReader(io.StringIO(files["tables/sub_groups.csv"].decode())))
    headline = sum(m.headline for m in justice().outcomes.measure)
    assert [r["part"] for r in rows if r["sub_group"] == "women"] == ["inside"] * headline + [
        "rest"
    ] * headline
    (york,) = (r for r in rows if r["sub_group"] == "york")
    assert (york["status"], york["part"], york["difference"]) == ("not_offered", "[c]", "[c]")
    checks = csv.DictReader(io.StringIO(files["tables/checks.csv"].decode()))
    assert {r["verdict"] for r in checks} == {"holds", "weakened", "overturned", "not_applicable"}


def test_hidden_figures_are_marked_and_formulas_are_defused():
    release = example("open")
    evil = release.flow[1].model_copy(update={"reason": "=1+1"})
    release = release.model_copy(update={"flow": (release.flow[0], evil, *release.flow[2:])})
    files = report_files(release, justice(), formats=["csv"])
    measures = list(csv.DictReader(io.StringIO(files["tables/measures.csv"].decode())))
    assert measures[3]["treatment"] == "[c]"
    assert measures[3]["number_needed"] == "[z]"
    assert measures[0]["significant"] == "false"
    assert "'=1+1" in files["tables/flow.csv"].decode()
    assert "[c]" in files["tables/balance.csv"].decode()


def test_an_earlier_report_is_replaced_and_other_files_stay(tmp_path):
    (tmp_path / "notes.txt").write_text("ours")
    write_report(example("lower"), justice(), tmp_path)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    write_report(example("refused"), justice(), tmp_path, formats=QUICK)
    found = tree(tmp_path)
    assert found.pop("notes.txt") == b"ours"
    assert found == example_files("refused")


def test_a_refusal_is_one_page_with_one_sentence():
    files = example_files("refused")
    page = files["report.html"].decode()
    assert "We cannot give a result for this list" in page
    assert "What can be done" in page
    assert "<img" not in page
    assert json.loads(files["results.json"])["status"] == "refused"
    assert {name for name in files if name.startswith("tables/") and name.endswith(".csv")} == {
        "tables/how_this_was_made.csv",
        "tables/disclosure_rules.csv",
    }
    assert not [name for name in files if name.startswith("charts/")]


def test_the_providers_words_are_escaped_and_apart():
    page = example_files("lower")["report.html"].decode()
    own = page[page.index('id="programme"') :]
    own = own[: own.index("</section>")]
    assert "at the gate &amp; stays" in own
    assert "&lt;at first&gt;" in own
    assert "at the gate" not in page.replace(own, "")


def test_a_result_without_flow_linkage_or_match_still_makes_a_report():
    bare = {"flow": (), "linkage": (), "match": None, "balance": (), "rules": (), "index_from": None}
    files = report_files(example("lower").model_copy(update=bare), justice(), formats=["html", "svg"])
    assert 'id="flow"' not in files["report.html"].decode()
    assert "#flow" not in files["report.html"].decode()
    assert {f for f in files if f.startswith("charts/")} == {
        "charts/icons_reoffended.svg",
        *(f"charts/{m.name}.svg" for m in justice().outcomes.measure if m.headline),
    }
