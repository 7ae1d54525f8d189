"""The Spark session that a register is read with: the cluster's under `spark-submit`, else one on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from likeforlike.errors import RegisterProblem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ALWAYS = {
    "spark.sql.session.timeZone": "UTC",
    # an overflow or a division by zero stops the query instead of giving another result than DuckDB
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}
"""What results depend on: set whatever the cluster says."""
ALONE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
    "spark.log.level": "OFF",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={Path(__file__).with_name('log4j2.properties')}",
}
"""For a session on this machine: nothing listens beyond it."""

MEGABYTES = {"K": 0.001, "M": 1, "G": 1_000, "T": 1_000_000}


def spark_session(*, threads: int | None = None, memory: str = "2GB") -> SparkSession:
    """The session in use, or the one that `spark-submit` prepared, or one on this machine.

    Parameters
    ----------
    threads, memory
        What a session on this machine may use, the memory as DuckDB writes it; a cluster has its own settings.

    Raises
    ------
    RegisterProblem
        Spark or the Java that it needs is not installed.
    """
    try:
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.logger import PySparkLogger
        from pyspark.sql import SparkSession

        from likeforlike.records.spark.mathematics import add_mathematics
    except ModuleNotFoundError:
        raise RegisterProblem(
            "Spark is not installed: install it with `pip install likeforlike[spark]`, or use DuckDB."
        ) from None
    builder = SparkSession.builder.appName("likeforlike")
    alone = SparkSession.getActiveSession() is None and not SparkConf().contains("spark.master")
    if alone:
        builder = builder.master(f"local[{threads or '*'}]").config("spark.driver.memory", _java(memory))
        for key, value in ALONE.items():
            builder = builder.config(key, value)
    try:
        session: SparkSession = builder.getOrCreate()
    except (PySparkException, OSError):
        raise RegisterProblem(
            "Spark cannot start: install Java 17 (on Debian or Ubuntu: openjdk-17-jre-headless), or use DuckDB."
        ) from None
    if alone:
        session.sparkContext.pythonExec = sys.executable
    for key, value in ALWAYS.items():
        session.conf.set(key, value)
    add_mathematics(session)
    # it writes errors out with the values that caused them
    PySparkLogger.getLogger("SQLQueryContextLogger").disabled = True
    return session


def _java(memory: str) -> str:
    wanted = memory.strip().upper()
    return f"{int(float(wanted.rstrip('KMGTIB ')) * MEGABYTES[wanted.rstrip('IB')[-1]])}m"
