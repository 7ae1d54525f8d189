"""Finds numbers in outputs that neither the release nor the wording holds."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import Lab
from likeforlike.report.charts.balance import axis_ticks, furthest_apart
from likeforlike.report.read import chrome, columns
from likeforlike.report.shrunken import shrunken
from support.page_text import alternatives, embedded_svgs, pieces

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def unknown_numbers(files: dict[str, bytes], release: Release, lab: Lab) -> list[str]:
    """Each number of any file that must not be there, with its file; of JSON made from the release, of its words."""
    allowed, strings = _allowed(release, lab), _strings(release)
    found = []
    for name, content in files.items():
        for text in _texts(name, content):
            rest = text
            for known in strings:
                rest = rest.replace(known, " ")
            found += [f"{name}: {n}" for n in NUMBER.findall(rest) if _decimal(n) not in allowed]
    return found


def _texts(name: str, file: bytes) -> Iterator[str]:
    if name.endswith(".pdf"):
        yield from _pdf_texts(file)
        return
    if name.endswith((".xlsx", ".ods")):
        book = CalamineWorkbook.from_filelike(io.BytesIO(file))
        for sheet in book.sheet_names:
            for row in book.get_sheet_by_name(sheet).to_python():
                yield from (str(cell) for cell in row)
        return
    content = file.decode()
    if name.endswith(".csv"):
        yield from (cell for row in csv.reader(io.StringIO(content)) for cell in row)
    elif name.endswith(".csv-metadata.json"):
        told = json.loads(content)
        yield from (column["dc:title"] for column in told["tableSchema"]["columns"])
        yield from (told["dc:title"], told["dc:description"])
    elif name == "acro.json":
        for entry in json.loads(content)["results"].values():
            yield entry["properties"]["title"]
            yield from (text for rule in entry["outcome"] for text in rule.values())
    elif name == "ro-crate-metadata.json":
        # sizes and hashes of files are about files
        yield from (
            str(each.get(key, ""))
            for each in json.loads(content)["@graph"]
            for key in ("name", "description")
        )
    elif name.endswith((".html", ".svg")):
        yield from (piece.text for piece in pieces(content))
        yield from alternatives(content)
        for svg in embedded_svgs(content):
            yield from (piece.text for piece in pieces(svg))


def _pdf_texts(file: bytes) -> Iterator[str]:
    """Line by line, without the page numbers at their feet."""
    for number, page in enumerate(PdfReader(io.BytesIO(file)).pages, 1):
        for line in page.extract_text().splitlines():
            if not re.fullmatch(rf"{number}\s*/\s*\d+", line.strip()):
                yield line


def _allowed(release: Release, lab: Lab) -> set[Decimal]:
    values = {_decimal(str(abs(v))) for v in _leaves(release.model_dump()) if isinstance(v, int | float)}
    if release.margin is not None and release.measures[0].kind == "frequency":
        values.add(_decimal(f"{100 * release.margin:.6f}"))
    for row in release.measures:
        if row.kind == "frequency":
            figures = (row.treatment, row.comparison, row.difference, row.conf_low, row.conf_high)
            values |= {_decimal(f"{abs(v) * 100:.0f}") for v in figures if v is not None}
    pairs = (pair for told in release.sub_analyses for pair in zip(told.inside, told.rest, strict=True))
    for drawn in (shrunken(*pair) or () for pair in pairs):
        values |= {_decimal(f"{abs(v):.6f}") for each in drawn for v in (each.estimate, each.low, each.high)}
    for day in (v for v in _leaves(release.model_dump()) if isinstance(v, date)):
        values |= {Decimal(day.year), Decimal(day.day)}
    matching, disclosure = lab.head.matching, lab.disclosure
    limits = (matching.green_smd, matching.amber_smd)
    words = [
        *_leaves(chrome()),
        *_leaves(columns()),
        *_leaves(lab.wording.model_dump()),
        *_leaves(lab.covariates.model_dump()),
        disclosure.hidden_label,
    ]
    values |= {_decimal(str(v)) for v in (*limits, disclosure.round_counts_to)}
    values |= {Decimal(m.minimum_events) for m in lab.outcomes.measure}
    values |= {_decimal(n) for text in words for n in NUMBER.findall(str(text))}
    apart = furthest_apart(release.balance)
    if apart:
        values |= {_decimal(str(t)) for t in axis_ticks(max(max(a.before, a.after) for a in apart), limits)}
    return values


def _strings(release: Release) -> list[str]:
    texts = {
        v for v in _leaves(release.model_dump(mode="json")) if isinstance(v, str) and re.search(r"\d", v)
    }
    texts |= {line.strip() for line in release.programme.description.splitlines()}
    return sorted((t for t in texts if len(t) > 2), key=len, reverse=True)


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "")).normalize()
