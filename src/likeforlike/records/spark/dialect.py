"""Lab SQL, written in DuckDB's dialect, as the Spark SQL that gives the same rows to the last bit.

Only what is known to be the same is translated; a query that uses anything else is refused by the name of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from likeforlike.errors import LabProblem
from likeforlike.records.engine import Parameters

MATHEMATICS = {exp.Ln: "lab_ln", exp.Exp: "lab_exp"}
"""Java's last digit differs from that of the C library, so these are worked out by Arrow on each executor."""
INTERVALS = {"TO_MONTHS": "make_ym_interval(0, {0})", "TO_YEARS": "make_ym_interval({0}, 0)"}
BOUNDARIES = {
    "DAY": "datediff({1}, {0})",
    "MONTH": "(year({1}) - year({0})) * 12 + month({1}) - month({0})",
    "QUARTER": "(year({1}) - year({0})) * 4 + quarter({1}) - quarter({0})",
    "YEAR": "year({1}) - year({0})",
}
"""`date_diff` counts the boundaries between two dates; Spark's counts whole units."""
SAME = (
    *(exp.Abs, exp.And, exp.ArgMax, exp.ArgMin, exp.Avg, exp.Case, exp.Coalesce, exp.Count, exp.CountIf),
    *(exp.DateTrunc, exp.Exists, exp.Floor, exp.Greatest, exp.If, exp.Least, exp.LogicalAnd, exp.LogicalOr),
    *(exp.Max, exp.MD5, exp.Min, exp.Month, exp.Nullif, exp.Or, exp.Quarter, exp.RowNumber, exp.Sum),
    *(exp.TimestampTrunc, exp.TimeToStr, exp.Trim, exp.Year, *MATHEMATICS),
)
"""Functions that both engines work out alike; letters beyond ASCII, say, have other capitals in Java."""
SAME_CASTS = ("DATE", "DOUBLE", "TEXT", "VARCHAR", "BOOLEAN")
"""A number with a fraction becomes another whole number on Spark."""
SERIES = (exp.Explode, exp.GenerateSeries)
FIRST_DAYS = ("MONTH", "QUARTER", "YEAR")
OTHERWISE: dict[type[exp.Expr], str] = {
    exp.Bracket: "[ ]",
    exp.Array: "[ ]",
    exp.IntDiv: "//",
    exp.Lambda: "->",
    exp.Pivot: "pivot",
    exp.TableSample: "sample",
    exp.SimilarTo: "similar to",
}
"""Signs and words that mean something else on Spark, or nothing."""


def tables_of(sql: str) -> set[str]:
    """The tables and frames that a query reads, without its own common table expressions.

    Raises
    ------
    LabProblem
        It is not SQL.
    """
    return {table.name for table in _tables(_parsed(sql))}


def to_spark(sql: str, parameters: Parameters, views: Mapping[str, str]) -> str:
    """Translate one `select`.

    Parameters
    ----------
    sql
        In DuckDB's dialect.
    parameters
        Values by name; they become literals.
    views
        For each table of the query, its name in Spark.

    Raises
    ------
    LabProblem
        It uses what Spark is not known to work out alike; the sentence names that.
    """
    tree = _parsed(sql)
    _refuse_unknown(tree)
    for table in _tables(tree):
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.set("this", exp.to_identifier(views[table.name]))
    for common in tree.find_all(exp.CTE):
        common.set("materialized", None)
    # from the leaves up, so that what is inside a translated expression is translated too
    for node in reversed(list(tree.walk())):
        better = _translated(node, parameters)
        if better is not node:
            node.replace(better)
    for select in list(tree.find_all(exp.Select)):
        _without_qualify(select)
    return tree.sql(dialect="spark", comments=False)


def _parsed(sql: str) -> exp.Expr:
    try:
        return sqlglot.parse_one(sql.rstrip().rstrip(";"), read="duckdb")
    except SqlglotError:
        raise LabProblem(
            "A query of the lab cannot be translated for Spark: it is not one `select`."
        ) from None


def _tables(tree: exp.Expr) -> list[exp.Table]:
    found = (s for scope in traverse_scope(tree) for s in scope.tables if s.name not in scope.cte_sources)
    return list({id(table): table for table in found}.values())


def _refuse_unknown(tree: exp.Expr) -> None:
    series = {
        id(part) for cast in tree.find_all(exp.Cast) if _is_series(cast) for part in cast.find_all(*SERIES)
    }
    for node in tree.walk():
        if id(node) in series:
            continue
        unknown = OTHERWISE.get(type(node), "") or (_unknown(node) if isinstance(node, exp.Func) else "")
        if isinstance(node, exp.Join) and node.method:
            unknown = f"{node.method} join"
        if unknown:
            raise LabProblem(
                f"A query of the lab uses '{unknown.lower()}', which Spark is not known to work out as DuckDB does: "
                "write it without, or use DuckDB for this register."
            )


def _unknown(node: exp.Func) -> str:
    """What a function is called, if it is not known to be the same."""
    if isinstance(node, exp.Anonymous):
        return "" if node.name.upper() in INTERVALS else node.name
    if isinstance(node, exp.Cast):
        kind = node.to.sql("duckdb")
        return "" if kind in SAME_CASTS else f"cast as {kind}"
    if isinstance(node, exp.DateDiff):
        return "" if _unit(node) in BOUNDARIES else f"date_diff('{_unit(node)}')"
    return "" if isinstance(node, SAME) else node.sql_name()


def _is_series(cast: exp.Cast) -> bool:
    """The first days of months, quarters or years, one to a row: other steps pass the ends of months differently."""
    listed = cast.this.this if isinstance(cast.this, exp.Explode) else None
    if not isinstance(listed, exp.GenerateSeries) or cast.to.sql("duckdb") != "DATE":
        return False
    start, step = listed.args["start"], listed.args.get("step")
    truncated = isinstance(start, exp.DateTrunc | exp.TimestampTrunc) and _unit(start) in FIRST_DAYS
    return truncated and isinstance(step, exp.Interval) and _unit(step) in FIRST_DAYS


def _unit(node: exp.Expr) -> str:
    return node.text("unit").upper()


def _translated(node: exp.Expr, parameters: Parameters) -> exp.Expr:
    match node:
        case exp.Placeholder() | exp.Parameter():
            better = _literal(parameters[node.name])
        case exp.Literal() if (
            not node.is_string and not node.is_int and not isinstance(node.parent, exp.Cast)
        ):
            # DuckDB's division makes doubles of decimals
            better = exp.cast(node.copy(), "double")
        case exp.Anonymous() if node.name.upper() in INTERVALS:
            better = _filled(INTERVALS[node.name.upper()], *node.expressions)
        case exp.DateDiff():
            days = _filled(BOUNDARIES[_unit(node)], node.expression, node.this)
            better = exp.cast(exp.paren(days), "bigint")
        case exp.TimestampTrunc() | exp.DateTrunc():
            parts = [node.this.copy(), exp.Literal.string(_unit(node))]
            better = exp.Anonymous(this="trunc", expressions=parts)
        case exp.Ln() | exp.Exp():
            value = exp.cast(node.this.copy(), "double")
            better = exp.Anonymous(this=MATHEMATICS[type(node)], expressions=[value])
        case exp.Cast() if isinstance(node.this, exp.Explode):
            # Spark's series of dates has dates; a row for each cannot stand inside a cast
            better = node.this.copy()
        case exp.ArgMax() | exp.ArgMin():
            better = _extreme(node)
        case _:
            better = node
    return better


def _filled(template: str, *arguments: exp.Expr) -> exp.Expr:
    written = [exp.paren(a.copy()).sql(dialect="spark") for a in arguments]
    return sqlglot.parse_one(template.format(*written), read="spark")


def _literal(value: object) -> exp.Expr:
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "date")
    return exp.convert(value)


def _extreme(node: exp.ArgMax | exp.ArgMin) -> exp.Expr:
    """`arg_max` passes over rows without the value or the order; inside the order, nothing is the largest."""
    order = node.expression
    parts = order.expressions if isinstance(order, exp.Tuple) else [order]
    ordered = [piece for p in parts for piece in (p.copy().is_(exp.null()), p.copy())]
    needed = [node.this] if isinstance(order, exp.Tuple) else [node.this, order]
    known = exp.and_(*(exp.not_(part.copy().is_(exp.null())) for part in needed))
    by = exp.Anonymous(this="struct", expressions=ordered)
    name = "max_by" if isinstance(node, exp.ArgMax) else "min_by"
    chosen = exp.Anonymous(this=name, expressions=[node.this.copy(), by])
    return exp.Filter(this=chosen, expression=exp.Where(this=known))


def _without_qualify(select: exp.Select) -> None:
    qualify = select.args.get("qualify")
    if qualify is None:
        return
    aliases = {e.alias: e.this for e in select.expressions if isinstance(e, exp.Alias)}

    def spelt_out(node: exp.Expr) -> exp.Expr:
        plain = isinstance(node, exp.Column) and not node.table and node.name in aliases
        return exp.paren(aliases[node.name].copy()) if plain else node

    condition = qualify.this.transform(spelt_out)
    inner = select.copy()
    inner.set("qualify", None)
    for outside in ("with_", "order", "limit"):
        inner.set(outside, None)
    inner.append("expressions", exp.alias_(condition, "_kept"))
    outer = exp.select(exp.Star(except_=[exp.to_identifier("_kept")]))
    outer = outer.from_(inner.subquery("_all")).where(exp.column("_kept"))
    for outside in ("with_", "order", "limit"):
        outer.set(outside, select.args.get(outside))
    if select.parent:
        select.replace(outer)
    else:
        for key in list(select.args):
            select.set(key, None)
        for key, value in outer.args.items():
            select.set(key, value)
