"""What lab SQL becomes on Spark, and what is refused because it would not be the same."""

from datetime import date

import pytest

from likeforlike.errors import LabProblem
from likeforlike.labs import load_lab
from likeforlike.records.spark.dialect import tables_of, to_spark

VIEWS = {"people": "v_people", "disposals": "v_disposals", "found": "v_found"}

SAME = {
    "select person_id from people": "SELECT person_id FROM v_people AS people",
    "select p.sex from people p": "SELECT p.sex FROM v_people AS p",
    # a division by a decimal gives a double
    "select age / 365.25 as years from people": "SELECT age / CAST(365.25 AS DOUBLE) AS years FROM v_people AS people",
    # the last digit of a logarithm
    "select ln(age) as a from people": "SELECT LAB_LN(CAST(age AS DOUBLE)) AS a FROM v_people AS people",
    "select age + $months as a from people": "SELECT age + 12 AS a FROM v_people AS people",
    "select born <= $vintage as a from people": (
        "SELECT born <= CAST('2024-06-30' AS DATE) AS a FROM v_people AS people"
    ),
    "select born + to_months($months) as a from people": (
        "SELECT born + MAKE_YM_INTERVAL(0, (12)) AS a FROM v_people AS people"
    ),
    # boundaries crossed, not whole years
    "select date_diff('year', born, died) as a from people": (
        "SELECT CAST((YEAR((died)) - YEAR((born))) AS BIGINT) AS a FROM v_people AS people"
    ),
    # nothing comes last in an order, and is the largest inside one
    "select sex from people order by born limit 1": (
        "SELECT sex FROM v_people AS people ORDER BY born NULLS LAST LIMIT 1"
    ),
    "select arg_max(sex, (born, died)) as a from people": (
        "SELECT MAX_BY(sex, STRUCT(born IS NULL, born, died IS NULL, died)) FILTER(WHERE NOT sex IS NULL) AS a "
        "FROM v_people AS people"
    ),
    # a filter on a window, whose order names a column that is not selected, or one that is made there
    "select sex from people qualify row_number() over (partition by sex order by born) = 1": (
        "SELECT * EXCEPT (_kept) FROM (SELECT sex, ROW_NUMBER() OVER (PARTITION BY sex ORDER BY born NULLS LAST) = 1 "
        "AS _kept FROM v_people AS people) AS _all WHERE _kept"
    ),
    "with f as materialized (select * from found) select f.a from f semi join people using (a)": (
        "WITH f AS (SELECT * FROM v_found AS found) SELECT f.a FROM f SEMI JOIN v_people AS people USING (a)"
    ),
}


@pytest.mark.parametrize(("sql", "spark"), SAME.items())
def test_lab_sql_on_spark(sql, spark):
    assert to_spark(sql, {"months": 12, "vintage": date(2024, 6, 30)}, VIEWS) == spark


REFUSED = {
    "select median(age) from people": "median",
    "select list_sort(a) from people": "array_sort",
    "select regexp_matches(sex, 'm') from people": "regexp_like",
    "select round(age, 1) from people": "round",
    "select date_diff('week', born, died) from people": "date_diff('week')",
    "select first(sex) from people": "first",
    # Java's ß has the capital SS
    "select upper(sex) from people": "upper",
    "select cast(age / 2 as integer) from people": "cast as int",
    "select age // 2 from people": "//",
    "select ages[1] from people": "[ ]",
    "select * from people asof join disposals on people.a >= disposals.a": "asof join",
    "select * from people using sample 10": "sample",
    "select nonsense(age) from people": "nonsense",
}


@pytest.mark.parametrize(("sql", "said"), REFUSED.items())
def test_what_is_not_known_to_be_the_same_is_refused_by_name(sql, said):
    with pytest.raises(LabProblem) as problem:
        to_spark(sql, {}, VIEWS)
    assert f"uses '{said}', which Spark is not known" in str(problem.value)


def test_what_is_not_sql_is_refused_without_showing_it():
    with pytest.raises(LabProblem, match="not one `select`"):
        tables_of("select ' from people")


def test_the_tables_of_a_query_are_those_it_does_not_make_itself():
    sql = "with event as (select * from disposals) select * from event join people p using (person_id)"
    assert tables_of(sql) == {"disposals", "people"}


@pytest.mark.parametrize("name", [name for name, _ in load_lab("justice").sql])
def test_every_query_of_the_lab_has_a_translation(name):
    sql = dict(load_lab("justice").sql)[name]
    parameters = {"months": 12, "settle_months": 6, "vintage": date(2024, 6, 30)}
    assert to_spark(sql, parameters, {table: f"v_{table}" for table in tables_of(sql)})
