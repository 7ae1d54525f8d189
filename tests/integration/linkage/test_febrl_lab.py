"""The lab folders of the FEBRL4 benchmark: a lab by data alone, on records written here."""

import csv
from datetime import date
from pathlib import Path

import pytest

from likeforlike.intake import read_cohort
from likeforlike.labs import load_lab
from likeforlike.linkage import link
from likeforlike.records import build_register

LABS = Path(__file__).parents[3] / "bench" / "labs"
HEAD = (
    *("given_name", "surname", "street_number", "address_1", "address_2"),
    *("suburb", "postcode", "state", "date_of_birth", "soc_sec_id"),
)
RECORDED = """
michaela neumann|8|stanley street|miami|winston hills|4223|nsw|19151111|5304218
courtney painter|12|pinkerton circuit|bega flats|richlands|4560|vic|19161214|4066625
charles green|38|salkauskas crescent|kela|dapto|4566|nsw|19480930|4365168
vanessa parr|905|macquoid place|broadbridge manor|south grafton|2135|sa|19951119|9239102
mikayla malloney|37|randwick road|avalind|hoppers crossing|4552|vic|19860208|7207688
blake howie|1|cutlack street|belmont park|budgewoi|6017|vic|19250301|5180548
timothy lund|109|caley crescent|allandale|mill park|4053|nsw|19180902|7074690
blakeston broadby|53|traeger street|valley of springs|north ward|3083|qld|19120907|4308555
zoe leslie|925|carpenter close||canterbury|2340|vic|19950608|2438058
edward denholm|10|corin place|gold tyne|clayfield|4221|vic|19660306|7119771
chloe green|4|hurley street|rosedale|dapto|4566|nsw|19790312|1200347
"""
LISTED = """
michaela neumann|8|stanley street|miami|winston hills|4223|nsw|19151111|
courtney paintr|12|pinkerton circuit|bega flats|richlnads|4560|vic|19161214|
green charles|38|salkauskas cresent|kela|dapto|4566|nsw|19480930|
vanessa parr|905|broadbridge manor|macquoid place|south grafton|2135|as|19951119|
mikayla malloney|37|randwickroad|avalind|hoppers crossing|4525|vic|19861308|
blake howie|||||||19250103|
tim lund|109|caley crescent|allandale|mill park|4053|nsw||
blakeston broadby|35|traeger street|valley of springs|north ward|3083|qld|19120907|
zoe leslie|925|carpenter close||canterbury|2340|vic|19950608|
harold unknown|2|nowhere lane|||5000|sa|19500505|
"""
FOUND = list(range(9))


def rows(text: str) -> list[list[str]]:
    cells = [line.split("|") for line in text.strip().splitlines()]
    return [[*names.split(" "), *others] for names, *others in cells]


@pytest.fixture(scope="module", params=["febrl4", "febrl4_names"])
def lab(request):
    return load_lab(LABS / request.param)


@pytest.fixture(scope="module")
def register(lab, tmp_path_factory):
    home = tmp_path_factory.mktemp("febrl")
    with (home / "people.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("person_id", *HEAD))
        for number, row in enumerate(rows(RECORDED)):
            born = date.fromisoformat(row[8]).isoformat()
            table.writerow([f"P{number}", *row[:8], born, *row[9:]])
    return build_register(lab, home, home / "register", vintage=date(2024, 1, 1))


def linked(lab, register, path: Path, listed: list[list[str]]) -> dict[int, tuple[str, str]]:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, *listed])
    cohort = read_cohort(path, lab)
    assert cohort.ready
    frame = link(cohort, register).frame
    return {row["participant"]: (row["person_id"], row["how"]) for row in frame.to_dicts()}


def test_slips_in_names_dates_and_addresses_are_seen_through(lab, register, tmp_path):
    found = linked(lab, register, tmp_path / "list.csv", rows(LISTED))
    assert found == {n: (f"P{n}", "evidence") for n in FOUND}


def test_a_number_helps_only_the_lab_that_knows_it(lab, register, tmp_path):
    number = rows(RECORDED)[9][9]
    row = ["edwrd", "smith", "", "", "", "", "", "", "19660306", number]
    found = linked(lab, register, tmp_path / "list.csv", [row])
    assert found == ({0: ("P9", "identifier")} if lab.linkage.identifier else {})
