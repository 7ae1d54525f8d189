"""Whatever a file holds: the right people, or one clear error."""

import io
import string
import zipfile
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from likeforlike.errors import InputProblem
from likeforlike.intake.assemble import assemble_cohort
from likeforlike.intake.delimited import decode, read_rows
from likeforlike.intake.headings import heading_meanings, meanings_of
from likeforlike.intake.values import read_values
from support.cohorts import any_size_lab, people, table, table_file

LAB = any_size_lab()
DAYS = st.dates(date(1930, 1, 1), date(2029, 12, 31))
MONTH_NAMES = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
WRITINGS = (
    lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day}-{d.month}-{d.year % 100:02}",
    lambda d: d.isoformat(),
    lambda d: f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year}",
    lambda d: f"{d.day}-{MONTH_NAMES[d.month - 1][:3]}-{d.year % 100:02}",
    lambda d: f"{MONTH_NAMES[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day:02}{d.month:02}{d.year}",
    lambda d: f"{d.year}{d.month:02}{d.day:02}",
    lambda d: str((d - date(1899, 12, 30)).days),
)


@given(st.lists(st.tuples(DAYS, st.sampled_from(WRITINGS)), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_every_writing_of_a_day_is_that_day(written):
    texts = [write(day) for day, write in written]
    cells = pl.DataFrame(
        {"row": range(len(texts)), "date_of_birth": texts}, schema_overrides={"row": pl.Int64}
    )
    values, _ = read_values(cells, LAB)
    assert values["date_of_birth"].to_list() == [day for day, _ in written]


@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
@settings(max_examples=15, deadline=None)
def test_any_text_in_any_column_is_read_or_told(texts):
    columns = {c.name: texts for c in LAB.columns.column}
    cells = pl.DataFrame({"row": range(len(texts)), **columns}, schema_overrides={"row": pl.Int64})
    values, problems = read_values(cells, LAB)
    assert values.height == len(texts)
    told = pl.concat(problems)
    for column in LAB.columns.column:
        if column.required:
            lost = set(values.filter(pl.col(column.name).is_null())["row"])
            known = set(told.filter(column=column.label, severity="must_fix")["row"])
            whole = told.filter(pl.col("row").is_null(), column=column.label, code="months_first_column")
            assert lost <= known or not whole.is_empty()


@given(
    st.sampled_from([(c.name, t) for c in LAB.columns.column for t in (c.label, c.name, *c.aliases)]),
    st.lists(st.sampled_from(" .,:;*_-/\u00a0"), max_size=6),
    st.booleans(),
)
def test_headings_with_any_spaces_case_and_punctuation(heading, noise, upper):
    name, text = heading
    spread = "".join(noise) + (text.upper() if upper else text.lower()).replace(" ", "".join(noise) or " ")
    assert meanings_of(spread + "".join(noise), heading_meanings(LAB)) == (name,)


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_refused_in_one_sentence(content):
    with pytest.raises(InputProblem) as raised:
        assemble_cohort(content, "people", LAB)
    assert str(raised.value).startswith("people ")
    assert str(raised.value).endswith(".")


@given(
    st.dictionaries(
        st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "content.xml", "mimetype"]),
        st.binary(max_size=60),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_archive_is_refused(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(InputProblem):
        assemble_cohort(target.getvalue(), "people", LAB)


@pytest.fixture(scope="module", params=["xlsx", "ods"])
def sound(request, tmp_path_factory):
    return table_file(tmp_path_factory.mktemp("sound") / f"a.{request.param}", table(people(20))).read_bytes()


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_damaged_workbook_is_refused_or_reads_the_same(sound, data):
    content = bytearray(sound)
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        cohort = assemble_cohort(bytes(content), "people", LAB)
    except InputProblem:
        return
    assert cohort.people.height == 20


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=8), st.sampled_from(",;\t|"))
@settings(max_examples=60, deadline=None)
def test_quoted_csv_comes_back_cell_by_cell(rows, separator):
    rows = [["First name", "Surname"], *rows]
    text = (
        "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows) + "\n"
    )
    decoded, guessed = decode(text.encode("utf-8-sig"))
    assert not guessed
    assert read_rows(decoded, "a.csv", lambda sample: sum("Surname" in row for row in sample)) == rows


@given(st.lists(st.text(string.ascii_letters, min_size=2, max_size=12), min_size=1, max_size=30))
@settings(max_examples=6, deadline=None)
def test_hash_and_people_do_not_depend_on_blank_lines(names):
    rows = people(len(names))
    cells = table([row | {"surname": name} for row, name in zip(rows, names, strict=True)])
    text = "\n".join(",".join(str(cell) for cell in row) for row in cells)
    apart = "\n\n".join(",".join(str(cell) for cell in row) for row in cells)
    first, second = (assemble_cohort(t.encode(), "a.csv", LAB) for t in (text, apart))
    assert first.sha256 == second.sha256
