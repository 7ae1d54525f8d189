"""The published results of the Employment Data Lab in the lab's own words: range, direction, and whom it favours.

Source: gov.uk, reports of the Employment Data Lab, as `edl_results.csv` names them.
"""

import csv
from pathlib import Path

import pytest

from likeforlike.labs import load_lab
from likeforlike.report.words import Words
from support.release_figures import measure_row
from support.reports import example

LAB = load_lab("employment")
MEASURES = {
    ("weeks in employment", 2): "weeks_in_work",
    ("not in employment education or training", 1): "neet_year",
    ("employed", 2): "employed",
    ("passed a course", 2): "passed_course",
    ("on inactivity benefits", 2): "inactivity_benefit",
}
SENTENCES = {
    ("Resurgo", "weeks_in_work"): (
        "People who took part were in work for more weeks, by between 7 and 13 weeks. This is statistically significant."  # noqa: E501
    ),
    ("Resurgo", "neet_year"): (
        "The rate for people who took part is lower by between 5 and 12 percentage points. "
        "This is statistically significant."
    ),
    ("Merseyside", "employed"): (
        "The rate for people who took part could be anywhere from 1 percentage point lower to 3 percentage points higher."  # noqa: E501
    ),
    ("Merseyside", "passed_course"): (
        "The rate for people who took part is higher by between 16 and 20 percentage points. "
        "This is statistically significant."
    ),
    ("Merseyside", "inactivity_benefit"): (
        "The rate for people who took part is lower by between 1 and 5 percentage points. "
        "This is statistically significant."
    ),
    ("Nottingham", "employed"): (
        "The rate for people who took part is higher by between 1 and 8 percentage points. "
        "This is statistically significant."
    ),
}  # fmt: skip
FAVOURS = {"yes": "This result favours the programme.", "no": "This does not show that the programme fails"}


def published():
    path = Path(__file__).parents[1] / "data" / "edl_results.csv"
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name = MEASURES[row["measure"], int(row["window_years"])]
            yield pytest.param(row, name, id=f"{row['programme'].split()[0]} {name}")


def words_of(row, name):
    low, high = float(row["low"]), float(row["high"])
    middle = (low + high) / 2
    measure = LAB.outcomes.over(24).get(name).model_copy(update={"headline": True})
    figures = {
        "treatment": 50 + middle,
        "comparison": 50,
        "difference": middle,
        "conf_low": low,
        "conf_high": high,
    }
    told = measure_row(measure, **figures, p=0.01 if row["significant"] == "yes" else 0.4)
    release = example("lower").model_copy(update={"measures": (told,), "follow_up_months": 24})
    return Words(release, LAB)


@pytest.mark.parametrize(("row", "name"), list(published()))
def test_a_published_result_in_words(row, name):
    words = words_of(row, name)
    finding = words.findings[0]
    assert words.result(finding) == SENTENCES[row["programme"].split()[0], name]
    assert words.answer()[1].startswith(FAVOURS[row["significant"]])
    assert (finding.certainty == "certain") is (row["significant"] == "yes")


def test_every_published_result_is_there():
    assert len(list(published())) == len(SENTENCES) == 6


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("employed", "People who took part were more likely to be in work two years later"),
        ("weeks_in_work", "People who took part were in work for more weeks within two years"),
    ],
)
def test_the_answer_names_the_outcome(name, answer):
    row = {"low": "1", "high": "8", "significant": "yes"}
    assert words_of(row, name).answer()[0].startswith(answer)
