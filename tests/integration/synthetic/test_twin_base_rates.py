"""The twin has the published one-year rates, measured by the lab's own queries.

As published, everybody counts once: on the first index event of the year.
"""

import pytest

SCOPE = "kind in ('custody', 'court order', 'caution')"


@pytest.fixture(scope="module")
def year(database):
    database.execute("""
        create table year as
        select e.kind, c.*, o.*,
            row_number() over (partition by e.person_id order by e.index_date, e.event_id) = 1 as first,
            row_number() over (
                partition by e.person_id, e.kind in ('custody', 'court order', 'caution')
                order by e.index_date, e.event_id
            ) = 1 as first_of_scope
        from chosen_event e join covariate c using (event_id) join outcome o using (event_id)
    """)
    return database


def rate(database, where: str) -> float:
    share = database.execute(f"select 100 * avg(reoffended::int) from year where {where}").fetchall()[0]
    return share[0]


@pytest.mark.parametrize(
    ("where", "expected", "tolerance"),
    [
        ("first", 27.0, 2.0),
        (f"first_of_scope and {SCOPE}", 27.5, 2.5),
        ("first and kind in ('custody', 'court order')", 35.2, 3.5),
        ("first and index_kind = 'custody under 12 months'", 59.0, 8.0),
        ("first and no_previous", 10.5, 2.5),
        ("first and previous_offences >= 11", 47.0, 5.0),
        ("first and sex = 'female'", 19.0, 4.0),
        ("first and sex = 'male'", 29.0, 2.5),
    ],
)
def test_one_year_rate(year, where, expected, tolerance):
    assert rate(year, where) == pytest.approx(expected, abs=tolerance)


def test_reoffences_per_reoffender(year):
    mean = year.execute("select avg(reoffences) from year where first and reoffended").fetchall()[0][0]
    assert 3.0 <= mean <= 4.0


def test_settling_matters(database):
    """Some reoffences of the year are dealt with too late to count, but not many."""
    late, counted = database.execute("""
        select count(*) filter (d.disposal_date > c.index_date + to_months(18)), count(*)
        from chosen c
        join offences o on o.person_id = c.person_id and not o.breach
            and o.offence_date > c.index_date and o.offence_date <= c.index_date + to_months(12)
        join disposals d using (disposal_id)
    """).fetchall()[0]
    assert 0.01 < late / counted < 0.15
