"""Functions whose last digit is not Java's but the C library's, as in DuckDB: worked out by Arrow on each executor."""

from __future__ import annotations

import sys

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import cloudpickle
from pyspark.sql import SparkSession
from pyspark.sql.functions import arrow_udf


def add_mathematics(session: SparkSession) -> None:
    """Give the session `lab_ln` and `lab_exp`."""
    # the code travels with the query, so that executors need Arrow and nothing of ours
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    session.udf.register("lab_ln", arrow_udf(_ln, "double"))
    session.udf.register("lab_exp", arrow_udf(_exp, "double"))


def _ln(values: pa.Array) -> pa.Array:
    return pc.ln(values)


def _exp(values: pa.Array) -> pa.Array:
    return pc.exp(values)
