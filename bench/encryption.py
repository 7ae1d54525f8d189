"""What encryption at rest costs: Parquet's own encryption, encrypted blocks of the look-up, an encrypted volume.

Each run does the same work on plain and on encrypted files, one after the other, with a warm page cache: the worst
case for encryption, because a cold read adds the same disk time to both. Ratios are of processor seconds, because a
machine may be shared. The look-up in encrypted blocks was written for this comparison; the product has none.

    .venv/bin/python bench/encryption.py            on a twin of a million people
    .venv/bin/python bench/encryption.py --quick    one run, 100,000 people
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import XTS
from pyarrow.parquet.encryption import create_encryption_properties

import likeforlike as lfl
from encryption_parts.blocks import BLOCK, KEY, CtrBlocks, GcmBlocks, encrypted
from likeforlike.linkage.candidates import MOST_RECORDS
from likeforlike.linkage.keys import key_hashes_sql
from likeforlike.linkage.names import cohort_names_sql
from likeforlike.outcomes import open_outcomes
from likeforlike.records.duckdb import DuckDBEngine, connect, quoted
from likeforlike.records.hash_index import Runs
from likeforlike.records.workbench import PARQUET
from report import Claim, median, write_results

CONFIG = "encryption_config = {footer_key: 'register'}"
LIMIT = 0.20
THREADS = os.cpu_count() or 1
OFTEN = 200
ROWS = 122_880
ONE_PAGE = {"data_page_size": 1 << 30, "max_rows_per_page": 1 << 30, "dictionary_pagesize_limit": 1 << 30}
"""DuckDB 2.0.0 reads only encrypted columns with one data page a row group."""

Ways = dict[str, Callable[[], Any]]
Rows = list[dict[str, Any]]


def timed(work: Callable[[], Any], times: int = 1) -> tuple[float, float, Any]:
    """Seconds on the wall and of the processor, and the result."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        result = work()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def compared(what: str, runs: int, ways: Ways, *, warm: bool = True) -> Rows:
    """A row for each way, the first being what the others are compared with."""
    for work in ways.values() if warm else ():
        work()
    costs: dict[str, list[tuple[float, float, Any]]] = {way: [] for way in ways}
    for _ in range(runs):
        for way, work in ways.items():
            costs[way].append(timed(work))
    base = next(iter(ways))
    if len({str(cost[-1][2]) for cost in costs.values()}) > 1:
        raise SystemExit(f"{what}: encrypted files gave another result")
    return [
        {
            "what": what,
            "way": way,
            "runs": runs,
            "seconds": median([c[0] for c in cost]),
            "cpu seconds": median([c[1] for c in cost]),
            "ratio": median([c[1] / b[1] for c, b in zip(cost, costs[base], strict=True)]),
        }
        for way, cost in costs.items()
    ]


def write_arrow(connection: duckdb.DuckDBPyConnection, sql: str, path: Path, *, encrypt: bool) -> None:
    keys = create_encryption_properties(KEY) if encrypt else None
    reader: pa.RecordBatchReader = connection.sql(sql).to_arrow_reader(ROWS)
    layout = {"compression": "zstd", "encryption_properties": keys, **ONE_PAGE}
    with pq.ParquetWriter(path, reader.schema, **layout) as out:
        for batch in reader:
            out.write_batch(batch, row_group_size=ROWS)


def with_key() -> duckdb.DuckDBPyConnection:
    connection = connect(threads=THREADS)
    connection.execute(f"pragma add_parquet_key('register', '{b64encode(KEY).decode()}')")
    return connection


def opened(path: Path) -> str:
    return f"read_parquet({quoted(str(path))}, {CONFIG})"


class EncryptedEngine(DuckDBEngine):
    """The product's engine over encrypted tables."""

    def __init__(self, tables: dict[str, Path]) -> None:
        self._connection = with_key()
        for name, path in tables.items():
            self._connection.execute(f'create view "{name}" as from {opened(path)}')


def what_duckdb_reads(folder: Path) -> Rows:
    """Which of pyarrow's kinds of encrypted file DuckDB reads, as it is installed and without a network."""
    connection, path = with_key(), folder / "kind.parquet"
    table = pa.table({"number": np.arange(300_000), "even": np.arange(300_000) % 2 == 0})
    kinds: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
        "as pyarrow writes it": ({}, {}, ""),
        "one data page a row group": ({}, ONE_PAGE, ""),
        "one data page a row group, with a filter": ({}, ONE_PAGE, "where even"),
        "AES-GCM and CTR": ({"encryption_algorithm": "AES_GCM_CTR_V1"}, ONE_PAGE, ""),
        "plain footer": ({"plaintext_footer": True}, ONE_PAGE, ""),
    }
    rows = []
    for kind, (secret, layout, where) in kinds.items():
        keys = create_encryption_properties(KEY, **secret)
        pq.write_table(table, path, encryption_properties=keys, row_group_size=ROWS, **layout)
        result = _tried(connection, f"select sum(hash(number)) from {opened(path)} {where}")
        rows.append({"what": "DuckDB reads encrypted Parquet", "way": kind, "result": result})
    written = _tried(connection, f"copy (select 1) to {quoted(str(path))} ({CONFIG.replace(' =', '')})")
    return [*rows, {"what": "DuckDB writes encrypted Parquet", "way": "as installed", "result": written}]


def _tried(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    try:
        connection.execute(sql).fetchall()
    except duckdb.Error as error:
        return "no: " + re.sub(r" '[^']*'", "", str(error)).strip().splitlines()[0].partition(".")[0]
    return "yes"


def table_queries(lab: Any, people: pl.DataFrame) -> dict[str, Any]:
    """Queries as a study asks them, for the people given."""
    one = "select person_id from people_asked"
    events = f"select * from (\n{lab.sql.events}\n) where person_id in ({one})"
    scan = """
        select o.offence_group, count(*) as offences, count(distinct d.disposal_id) as disposals
        from people_asked join offences o using (person_id) join disposals d using (disposal_id)
        where not o.breach and o.offence_date > d.index_date group by all"""
    window = {"months": 12, "settle_months": 6}
    chosen = people.select("event_id", "person_id", "index_date")
    asked = people.select("person_id").unique()
    return {
        "offences and disposals of 1,000 people": (scan, {}, {"people_asked": asked}),
        "events.sql, 1,000 people": (events, {}, {"people_asked": asked}),
        "outcomes.sql, 1,000 people": (lab.sql.outcomes, window, {"chosen": chosen}),
        "events.sql, everyone": (
            f"select count(*), sum(index_offences), max(age_at_index) from (\n{lab.sql.events}\n)",
            {},
            {},
        ),
    }


def look_up(lookup: Any, hashes: np.ndarray) -> tuple[int, int]:
    """What linkage asks of the look-up: entries of each key, then the lines of the records in them."""
    runs = lookup.keys.find(hashes)
    used = (runs.length > 0) & (runs.length <= MOST_RECORDS)
    _, records = lookup.keys.numbers(Runs(runs.start[used], runs.length[used]))
    lines = lookup.names.take(pl.Series("record", np.unique(records)))
    return lines.height, int(lines.hash_rows().sum() % 1_000_003)


def aes_speed(runs: int) -> Rows:
    """GB a second on one core, in pieces of 1 MiB: what the processor does when nothing else costs time."""
    piece = os.urandom(1 << 20)
    gcm = AESGCM(KEY)
    sealed = gcm.encrypt(bytes(12), piece, None)
    xts = Cipher(AES(bytes(range(64))), XTS(bytes(16)))
    ways: Ways = {
        "AES-256-XTS (dm-crypt, fscrypt)": lambda: xts.decryptor().update(piece),
        "AES-256-GCM": lambda: gcm.decrypt(bytes(12), sealed, None),
    }
    rows = []
    for way, work in ways.items():
        speed = OFTEN * len(piece) / 1e9 / median([timed(work, OFTEN)[1] for _ in range(runs)])
        rows.append({"what": "AES on one core", "way": way, "runs": runs, "GB a second": speed})
    return rows


def tables_measured(register: Any, folder: Path, runs: int) -> tuple[Any, Rows, Rows]:
    """The engine over encrypted tables, and rows on writing and on reading."""
    loaded, place = connect(threads=THREADS), folder / "written.parquet"
    stored = {t.name: register.folder / "tables" / f"{t.name}.parquet" for t in register.lab.records.table}
    loaded.execute(f"create table offences as from read_parquet({quoted(str(stored['offences']))})")
    ways: Ways = {
        "plain, DuckDB": lambda: loaded.execute(f"copy offences to {quoted(str(place))} {PARQUET}") and None,
        "plain, pyarrow": lambda: write_arrow(loaded, "from offences", place, encrypt=False),
        "encrypted, pyarrow": lambda: write_arrow(loaded, "from offences", place, encrypt=True),
    }
    writing = compared("writing offences", runs, ways)
    loaded.close()

    by_duckdb = {name: folder / f"duckdb-{name}.parquet" for name in stored}
    unsafe = with_key()
    # Weak random numbers, so no way to protect anything; good enough to measure what reading would cost.
    unsafe.execute("set force_mbedtls_unsafe = true")
    for name, path in stored.items():
        options = f"format parquet, compression zstd, {CONFIG.replace(' =', '')}"
        unsafe.execute(
            f"copy (from read_parquet({quoted(str(path))})) to {quoted(str(by_duckdb[name]))} ({options})"
        )
    closed = EncryptedEngine(by_duckdb)
    events = f"select * from (\n{register.lab.sql.events}\n) where hash(person_id) % 500 = 0"
    reading: list[dict] = []
    for what, query in table_queries(register.lab, register.query(events).head(1_000)).items():
        ways = {"plain": partial(answer, register.engine, *query)}
        ways["encrypted, by DuckDB (not secure)"] = partial(answer, closed, *query)
        reading += compared(what, runs, ways)
    return closed, writing, reading


def answer(engine: Any, sql: str, parameters: dict[str, Any], frames: dict[str, pl.DataFrame]) -> int:
    return int(engine.query(sql, parameters, **frames).hash_rows().sum() % 1_000_003)


def measured(twin: Path, folder: Path, register: Any, runs: int) -> tuple[Rows, list[Claim]]:
    lab, plain = register.lab, register.lookup
    cohort = lfl.read_cohort(twin / "programme" / "participants.xlsx", lab)
    kinds, speeds = what_duckdb_reads(folder), aes_speed(runs)
    engine, writing, reading = tables_measured(register, folder, runs)

    names = register.query(cohort_names_sql(lab), people=cohort.people)
    hashes = register.query(key_hashes_sql(lab, "cohort_names"), cohort_names=names)["hash"].to_numpy()
    gcm, ctr = (encrypted(plain, kind, folder) for kind in (GcmBlocks, CtrBlocks))
    kept = {"plain": plain, "AES-GCM, 4 KiB blocks": gcm, "AES-CTR, 4 KiB blocks": ctr}
    what = f"look-up of {len(hashes):,} keys and {look_up(plain, hashes)[0]:,} lines"
    looking = compared(what, runs, {way: partial(look_up, lookup, hashes) for way, lookup in kept.items()})
    many = len(gcm.keys.wanted) + len(gcm.names.wanted)
    speed = {row["way"]: row["GB a second"] for row in speeds}
    floor = many * BLOCK / 1e9 / speed["AES-256-GCM"]
    looking.append({"what": "the same, at AES speed", "way": f"{many:,} blocks", "cpu seconds": floor})
    ways = {n: partial(lfl.link, cohort, replace(register, lookup=k)) for n, k in kept.items()}
    linking = compared(f"linking {cohort.people.height:,} people", runs, ways)

    matched = lfl.match(lfl.follow_up(lfl.link(cohort, register), register))
    closed = replace(register, engine=engine, lookup=gcm)
    ways = {"plain": partial(study, cohort, register, matched)}
    ways["encrypted"] = partial(study, cohort, closed, matched)
    whole = compared("linking, follow-up and outcomes of a study", runs, ways, warm=False)
    groups = {"kinds": kinds, "writing": writing, "reading": reading}
    groups |= {"looking": looking, "linking": linking, "whole": whole}
    volume = sum(f.bytes for f in register.manifest.files) / 1e9 / speed["AES-256-XTS (dm-crypt, fscrypt)"]
    return [row for rows in (*groups.values(), speeds) for row in rows], list(judged(groups, volume))


def study(cohort: Any, register: Any, matched: Any) -> str:
    """What a study asks of the register, without the matching itself."""
    sample = lfl.follow_up(lfl.link(cohort, register), register)
    found = open_outcomes(matched, register).frame
    return f"{sample.frame.height} {found.hash_rows().sum()}"


def judged(rows: dict[str, Rows], volume: float) -> Iterator[Claim]:
    """The claims, with the target that decides what is the default."""
    safe = rows["kinds"][2]["result"] == "yes"
    said = "yes" if safe else "no: it fails at filters and at a second data page"
    yield Claim("DuckDB answers queries from the Parquet that pyarrow encrypts", "yes", said, safe)
    groups = {
        "queries on encrypted tables, were DuckDB's fault mended": rows["reading"][1::2],
        "writing encrypted tables": rows["writing"][2:],
        "the look-up in encrypted blocks, alone": rows["looking"][1:2],
        "linking with the look-up in encrypted blocks": rows["linking"][1:2],
        "all that a study asks of an encrypted register": rows["whole"][1:],
    }
    for claim, group in groups.items():
        more = [r["ratio"] - 1 for r in group]
        said = f"{more[0]:+.0%}" if len(more) == 1 else f"{min(more):+.0%} to {max(more):+.0%}"
        yield Claim(claim, f"under {LIMIT:.0%} more processor time", said, max(more) < LIMIT)
    what = "an encrypted volume: AES for reading the whole register once (worked out, not measured)"
    yield Claim(what, "reported", f"{volume:.2f} s of one core", True)


def main() -> None:
    parser = argparse.ArgumentParser(description="What encryption at rest costs.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--twin", type=Path)
    parser.add_argument("--register", type=Path)
    given = parser.parse_args()
    runs, people = (1, 100_000) if given.quick else (3, 1_000_000)
    lab = lfl.load_lab("justice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        twin, place = given.twin or folder / "twin", given.register or folder / "register"
        if not given.twin:
            lfl.write_twin(lab, people, 1, twin)
        if not given.register:
            lfl.build_register(lab, twin / "records", place)
        register = lfl.open_register(place, lab, threads=THREADS)
        rows, claims = measured(twin, folder, register, runs)
    write_results("encryption", rows, claims, quick=given.quick)


if __name__ == "__main__":
    main()
