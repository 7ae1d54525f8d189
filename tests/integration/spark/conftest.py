"""Spark on this machine, for the tests that need it; they are passed over where it or Java is missing."""

from __future__ import annotations

import shutil
from importlib.util import find_spec

import pytest


@pytest.fixture(scope="session")
def spark():
    if find_spec("pyspark") is None:
        pytest.skip("Spark is not installed (pip install likeforlike[spark])")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed (openjdk-17-jre-headless)")
    from likeforlike.records.spark.session import spark_session

    session = spark_session(threads=2, memory="1GB")
    session.conf.set("spark.sql.shuffle.partitions", "2")
    yield session
    session.stop()
