"""The engine for registers that outgrow one machine: lab SQL over the same Parquet files, on Spark."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from likeforlike.errors import LabProblem, RegisterProblem
from likeforlike.records.duckdb import MEMORY, DuckDBEngine
from likeforlike.records.engine import Parameters
from likeforlike.records.spark.dialect import tables_of, to_spark

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl
    import pyarrow as pa
    from pyspark.sql import SparkSession

NUMBERS = count()


class SparkEngine:
    """Lab SQL over Parquet files that all executors can read.

    Whatever reads a table of the register runs on Spark, and only its result comes to the driver. A query over frames
    alone runs in DuckDB, where the frames are. DuckDB also says, from the files' headings, whether a query is valid and
    which types its result has, so that a wrong query is refused in the same words.

    Parameters
    ----------
    tables
        Paths by name.
    session
        See `spark_session`.
    threads, memory
        What DuckDB may use on the driver.
    """

    def __init__(
        self,
        tables: Mapping[str, Path],
        session: SparkSession,
        *,
        threads: int | None = None,
        memory: str = MEMORY,
    ) -> None:
        self._session = session
        self._local = DuckDBEngine(tables, threads=threads, memory=memory)
        self._own = f"likeforlike_{next(NUMBERS)}"
        self._tables = {name: f"{self._own}_{name}" for name in tables}
        for name, path in tables.items():
            session.read.parquet(str(path)).createOrReplaceTempView(self._tables[name])

    def query(self, sql: str, parameters: Parameters | None = None, **frames: pl.DataFrame) -> pl.DataFrame:
        """Run one `select`; see `Engine.query`.

        Raises
        ------
        LabProblem
            The query is not valid, meets a value that it cannot work with, or uses what Spark is not known to work out
            as DuckDB does.
        RegisterProblem
            Spark could not finish it; the sentence shows no value of the data.
        """
        import polars as pl

        empty = {name: frame.clear() for name, frame in frames.items()}
        plain = sql.rstrip().rstrip(";")
        schema = self._local.query(f"select * from (\n{plain}\n) limit 0", parameters, **empty).schema
        used = tables_of(plain)
        if not (used - set(frames)) & set(self._tables):
            return self._local.query(sql, parameters, **frames)
        with self._views({name: frames[name] for name in used & set(frames)}) as views:
            translated = to_spark(plain, parameters or {}, self._tables | views)
            found = pl.DataFrame(self._run(translated))
        found = found.select(pl.col(name).cast(kind) for name, kind in schema.items())
        return self._local.query("select * from found", found=found)

    def _run(self, sql: str) -> pa.Table:
        from py4j.protocol import Py4JError
        from pyspark import errors

        values = (errors.ArithmeticException, errors.DateTimeException, errors.NumberFormatException)
        queries = (errors.AnalysisException, errors.ParseException, errors.SparkRuntimeException)
        try:
            return self._session.sql(sql).toArrow()
        except (*values, *queries) as error:
            kind = error.getCondition() or type(error).__name__
            raise LabProblem(f"A query of the lab cannot run: {kind} on Spark.") from None
        except (errors.PySparkException, Py4JError) as error:
            # Spark's own words may quote a row
            raise RegisterProblem(
                f"Spark could not finish a query ({type(error).__name__}): see the cluster's own logs."
            ) from None

    @contextmanager
    def _views(self, frames: Mapping[str, pl.DataFrame]) -> Iterator[dict[str, str]]:
        views = {name: f"{self._own}_frame_{next(NUMBERS)}" for name in frames}
        try:
            for name, frame in frames.items():
                self._session.createDataFrame(_as_arrow(frame)).createOrReplaceTempView(views[name])
            yield views
        finally:
            for view in views.values():
                self._session.catalog.dropTempView(view)


def _as_arrow(frame: pl.DataFrame) -> pa.Table:
    """The frame in types that Spark has."""
    import polars as pl
    import polars.selectors as cs

    plain = frame.with_columns(
        cs.categorical().cast(pl.String), cs.enum().cast(pl.String), cs.unsigned_integer().cast(pl.Int64)
    )
    return plain.to_arrow(compat_level=pl.CompatLevel.oldest())
