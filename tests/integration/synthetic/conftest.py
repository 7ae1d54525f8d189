"""One twin for all tests of twins."""

import duckdb
import pytest

from likeforlike.labs import load_lab
from likeforlike.synthetic import write_twin

PEOPLE = 60_000


@pytest.fixture(scope="session")
def lab():
    return load_lab("justice")


@pytest.fixture(scope="session")
def twin(lab, tmp_path_factory):
    return write_twin(lab, PEOPLE, 11, tmp_path_factory.mktemp("twin"), replicates=100)


@pytest.fixture(scope="session")
def database(lab, twin):
    """The twin's tables, and the events, covariates and outcomes of a year by the lab's own queries."""
    connection = duckdb.connect()
    for table in lab.records.table:
        file = twin.records / f"{table.name}.parquet"
        connection.execute(f"create table {table.name} as select * from read_parquet('{file}')")
    connection.execute(f"create table event as {lab.sql.events}")
    connection.execute("""
        create table chosen_event as select * from event
        where index_date between date '2021-10-01' and date '2022-09-30' and not breach_only
    """)
    connection.execute("create table chosen as select event_id, person_id, index_date from chosen_event")
    connection.execute(f"create table covariate as {lab.sql.covariates}")
    months = {"months": lab.head.follow_up.months, "settle_months": lab.head.follow_up.settle_months}
    connection.execute(f"create table outcome as {lab.sql.outcomes}", months)
    yield connection
    connection.close()
