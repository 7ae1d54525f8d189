"""Every number in every output is in the release or in the wording."""

import pytest

from likeforlike.report.write import report_files
from support.number_scan import unknown_numbers
from support.releases import EXAMPLES
from support.reports import example, example_beside, example_files, example_pdf, justice


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_comes_from_elsewhere(name):
    assert unknown_numbers(example_files(name), example(name), justice()) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("report.html", "<footer", "<p>Another 4,321 people</p><footer"),
        ("report.html", "about 870 people", "about 873 people"),
        ("tables/flow.csv", "1190", "1187"),
        ("tables/measures.csv", "-0.32", "-0.3217"),
        ("charts/flow.svg", ">1,190<", ">1,187<"),
        ("charts/reoffended.svg", ">31%<", ">31.4%<"),
    ],
)
def test_a_number_that_was_slipped_in_is_caught(file, old, new):
    text = example_files("lower")[file].decode()
    assert old in text
    files = example_files("lower") | {file: text.replace(old, new).encode()}
    assert len(unknown_numbers(files, example("lower"), justice())) >= 1


@pytest.mark.parametrize("name", ["lower", "open", "full", "refused"])
def test_no_number_of_the_pdf_comes_from_elsewhere(name):
    files = {"report.pdf": example_pdf(name), **example_beside(name)}
    assert unknown_numbers(files, example(name), justice()) == []


def test_a_number_slipped_into_a_workbook_or_a_pdf_is_caught():
    release = example("lower")
    other = release.model_copy(
        update={"flow": (release.flow[0].model_copy(update={"remaining": 1187}), *release.flow[1:])}
    )
    files = report_files(other, justice(), formats=["xlsx", "ods", "pdf"])
    for name, content in files.items():
        slips = {
            slip.replace(",", "").removesuffix(".0")
            for slip in unknown_numbers({name: content}, release, justice())
        }
        assert slips == {f"{name}: 1187"}


@pytest.mark.parametrize("name", ["lower", "open"])
def test_charts_carry_no_data_but_what_is_drawn(name):
    for file, content in example_files(name).items():
        if file.endswith(".svg"):
            text = content.decode()
            assert "aria-label" not in text
            assert "<script" not in text
            assert "<metadata" not in text
