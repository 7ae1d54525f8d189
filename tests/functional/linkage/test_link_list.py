"""A list as providers write it, linked to a small register whose people are known."""

from dataclasses import replace

import altair as alt
import polars as pl
import pytest

from likeforlike.linkage import link
from likeforlike.linkage.link import NO_CANDIDATES
from likeforlike.records import build_register
from support.cohorts import any_size_lab, read_rows
from support.small_records import listed, small_records

LAB = any_size_lab()
RECORDS = small_records(400, seed=4)
NO_IDS = {"pnc_id": "", "prison_id": ""}


@pytest.fixture(scope="module")
def small_register(tmp_path_factory):
    home = tmp_path_factory.mktemp("small")
    return build_register(LAB, RECORDS.write(home / "tables"), home / "register")


def linked(rows, register, tmp_path):
    """Person by place in the list, and how; and the links."""
    cohort = read_rows(tmp_path / "list.csv", rows, LAB)
    links = link(cohort, register)
    place = cohort.people.with_row_index("place").select("place", "participant")
    found = links.frame.join(place, on="participant")
    return {row["place"]: (row["person_id"], row["how"]) for row in found.to_dicts()}, links


def expected(count: int, how: str) -> dict[int, tuple[str, str]]:
    return {i: (f"P{i:06d}", how) for i in range(count)}


def test_everyone_by_identifier(small_register, tmp_path):
    found, links = linked(listed(RECORDS, 40), small_register, tmp_path)
    assert found == expected(40, "identifier")
    assert links.conflicts == 0


def test_everyone_by_name_and_date_of_birth(small_register, tmp_path):
    found, _ = linked(listed(RECORDS, 40, **NO_IDS), small_register, tmp_path)
    assert found == expected(40, "evidence")


def test_a_prison_number_alone_is_enough_of_an_identifier(small_register, tmp_path):
    rows = [r for r in listed(RECORDS, 10, pnc_id="") if r["prison_id"]]
    found, _ = linked(rows, small_register, tmp_path)
    assert {how for _, how in found.values()} == {"identifier"}
    assert len(found) == len(rows)


@pytest.mark.parametrize(
    "slip",
    [
        pytest.param(lambda r: r | {"forename": r["surname"], "surname": r["forename"]}, id="names swapped"),
        pytest.param(lambda r: r | {"surname": r["surname"][:2] + "x" + r["surname"][3:]}, id="typing slip"),
        pytest.param(lambda r: r | {"surname": r["surname"].upper()}, id="capitals"),
        pytest.param(lambda r: r | {"forename": "Mr " + r["forename"]}, id="title"),
        pytest.param(lambda r: r | {"postcode": "ZE1 0AA"}, id="moved away"),
        pytest.param(lambda r: r | {"postcode": ""}, id="no postcode"),
        pytest.param(
            lambda r: r | {"date_of_birth": r["date_of_birth"].replace(year=r["date_of_birth"].year - 1)},
            id="another year of birth",
        ),
    ],
)
def test_slips_of_the_pen(small_register, tmp_path, slip):
    rows = [slip(row) for row in listed(RECORDS, 40, **NO_IDS)]
    found, _ = linked(rows, small_register, tmp_path)
    right = [i for i, person in expected(40, "evidence").items() if found.get(i) == person]
    assert len(right) >= 38
    assert all(found[i] == (f"P{i:06d}", "evidence") for i in found)


def test_an_alias_finds_the_person(small_register, tmp_path):
    names = RECORDS.tables["names"]
    aliases = names.filter(~pl.col("person_id").is_first_distinct()).head(20)
    by_person = dict(enumerate(listed(RECORDS, 400, **NO_IDS)))
    rows = [
        by_person[int(row["person_id"][1:])] | {"forename": row["forename"], "surname": row["surname"]}
        for row in aliases.to_dicts()
    ]
    found, _ = linked(rows, small_register, tmp_path)
    assert [found[i][0] for i in range(20)] == aliases["person_id"].to_list()


def test_somebody_elses_identifier_is_a_conflict_and_the_right_person_is_found(small_register, tmp_path):
    rows = listed(RECORDS, 20, prison_id="")
    for row, other in zip(rows, listed(RECORDS, 60)[40:], strict=True):
        row["pnc_id"] = other["pnc_id"]
    found, links = linked(rows, small_register, tmp_path)
    assert found == expected(20, "evidence")
    assert links.conflicts == 20


def test_strangers_are_not_found(small_register, tmp_path):
    strangers = listed(small_records(40, seed=99), 40, **NO_IDS, postcode="ZE1 0AA")
    found, links = linked(strangers, small_register, tmp_path)
    assert found == {}
    assert links.flow.steps[-1].key == "not_found"
    assert links.flow.remaining == 0


def test_links_have_the_promised_columns_and_are_sorted(small_register, tmp_path):
    _, links = linked(listed(RECORDS, 30), small_register, tmp_path)
    assert dict(links.frame.schema) == {
        "participant": pl.Int64,
        "person_id": pl.String,
        "match_weight": pl.Float64,
        "match_probability": pl.Float64,
        "how": pl.String,
    }
    assert links.frame["participant"].is_sorted()


def test_quality_is_shown_for_everyone_and_by_group(small_register, tmp_path):
    rows = listed(RECORDS, 30)
    _, links = linked(rows, small_register, tmp_path)
    everyone, *groups = links.quality.to_dicts()
    assert (everyone["submitted"], everyone["linked"], everyone["by_identifier"]) == (30, 30, 30)
    assert {g["level"]: g["submitted"] for g in groups if g["released"]} == {
        level: sum(r["gender"] == level for r in rows) for level in ("Female", "Male")
    }
    assert {g["group"] for g in groups if not g["released"]} == {g.label for g in LAB.linkage.staff_groups}
    assert all(0.9 < g["expected_precision"] <= 1 for g in (everyone, *groups))


def test_the_ethnicity_recorded_of_those_found_is_that_of_the_records(small_register, tmp_path):
    _, links = linked(listed(RECORDS, 30), small_register, tmp_path)
    shown = links.quality.filter(pl.col("group") == "Ethnicity as recorded")
    people = RECORDS.tables["people"].head(30)["ethnicity"].str.to_titlecase().value_counts(sort=True)
    assert dict(shown.select("level", "linked").rows()) == dict(people.rows())


def test_the_result_keeps_what_staff_look_at(small_register, tmp_path):
    _, links = linked(listed(RECORDS, 30), small_register, tmp_path)
    assert dict(links.candidates.schema) == dict(NO_CANDIDATES)
    assert links.thresholds.filter("chosen")["linked"].to_list() == [30]
    assert links.thresholds["linked"].is_sorted(descending=True)
    assert set(links.agreement["field"]) == {"forename", "surname", "date_of_birth", "sex", "postcode"}
    assert links.agreement.group_by("field").agg(pl.col("pairs").sum())["pairs"].max() >= 30


def test_the_same_list_gives_the_same_links(small_register, tmp_path):
    rows = listed(RECORDS, 40, **NO_IDS)
    _, first = linked(rows, small_register, tmp_path)
    _, second = linked(rows, small_register, tmp_path)
    assert first.frame.equals(second.frame)


def test_what_is_said_holds_no_person(small_register, tmp_path, caplog, capfd):
    rows = listed(RECORDS, 30)
    _, links = linked(rows, small_register, tmp_path)
    said = " ".join([links.summary(), str(links.to_dict()), caplog.text, *capfd.readouterr()])
    # a surname may be an ethnicity too
    assert not any(
        row["pnc_id"] in said or row["surname"] in said for row in rows if row["surname"] != "White"
    )
    assert not any(f"{row['forename']} {row['surname']}" in said for row in rows)
    assert not any(person in said for person in links.frame["person_id"])
    assert capfd.readouterr() == ("", "")


def test_the_plot_counts_links_by_weight(small_register, tmp_path):
    _, links = linked(listed(RECORDS, 30), small_register, tmp_path)
    chart = links.plot()
    assert isinstance(chart, alt.Chart)
    assert chart.data["participants"].sum() == 30
    assert "person_id" not in chart.data.columns


def test_the_prior_is_the_labs(small_register, tmp_path):
    rows = listed(RECORDS, 30, **NO_IDS)
    _, usual = linked(rows, small_register, tmp_path)
    linkage = LAB.linkage.model_copy(update={"expected_share": 0.05})
    cohort = read_rows(tmp_path / "again.csv", rows, LAB.model_copy(update={"linkage": linkage}))
    rare = link(cohort, replace(small_register, lab=cohort.lab))
    both = usual.frame.join(rare.frame, on="participant", suffix="_rare")
    assert (both["match_weight_rare"] < both["match_weight"]).all()
