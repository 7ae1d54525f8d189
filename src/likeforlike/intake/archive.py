"""Whether an XLSX or ODS is safe to open: how large it unpacks, and how far its cells reach.

A workbook is a zip of XML. Its reader holds all of it in memory, and holds a sheet as a full rectangle, so
both sizes are found here first. The sizes that a zip declares are only claims; each member is unpacked to
its declared size and no further, and must come out exact.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from likeforlike.errors import InputProblem
from likeforlike.intake.extent import Shape, check_extent, ods_shape, xlsx_extent
from likeforlike.intake.kinds import Kind, damaged, protected

MAX_MEMBERS = 2_000
MAX_UNPACKED = 200_000_000
"""Bytes; 50,000 people with 12 columns unpack to about 35 million."""
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True)
class Findings:
    """What was seen on the way."""

    formulas: bool = False
    merged: tuple[tuple[tuple[int, int, int, int], ...], ...] | None = None
    """For ODS, merged ranges of each sheet as first row, first column, last row, last column from 0."""


def inspect(content: bytes, kind: Kind, name: str) -> Findings:
    """Unpack a workbook member by member within limits and look for what must not be there.

    Raises
    ------
    InputProblem
        It unpacks too large, declares entities, is protected, damaged, or has cells too far out.
    """
    formulas, shape = False, None
    for member, data in _members(content, name):
        lower = member.lower()
        if lower.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
            raise InputProblem(
                f"{name} holds XML definitions that no spreadsheet needs: save a fresh copy as XLSX."
            )
        if kind == "xlsx" and lower.startswith("xl/worksheets/") and lower.endswith(".xml"):
            check_extent(*xlsx_extent(data), name)
            formulas = formulas or b"<f>" in data or b"<f " in data
        elif kind == "ods" and lower == "meta-inf/manifest.xml" and b"encryption-data" in data:
            raise protected(name)
        elif kind == "ods" and lower == "content.xml":
            shape = _ods(data, name)
    return Findings(shape.formulas, shape.merged) if shape else Findings(formulas)


def _members(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        raise damaged(name) from None
    if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        limit = MAX_UNPACKED // 1_000_000
        raise InputProblem(
            f"{name} unpacks to more than {limit} MB: copy the list alone into a new workbook and use that."
        )
    # a manifest says whether the rest is encrypted, so it comes first
    for info in sorted(infos, key=lambda info: not info.filename.lower().startswith("meta-inf/")):
        yield info.filename.replace("\\", "/"), _unpack(content, info, name)


def _unpack(content: bytes, info: zipfile.ZipInfo, name: str) -> bytes:
    """One member, which must have exactly the size and checksum that it declares."""
    header = content[info.header_offset : info.header_offset + LOCAL_HEADER]
    if len(header) < LOCAL_HEADER or info.compress_type not in COMPRESSIONS:
        raise damaged(name)
    start = (
        info.header_offset + LOCAL_HEADER + sum(int.from_bytes(header[i : i + 2], "little") for i in (26, 28))
    )
    data = content[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, info.file_size + 1)
        except zlib.error:
            raise damaged(name) from None
    if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise damaged(name)
    return data


def _ods(data: bytes, name: str) -> Shape:
    shape = ods_shape(data)
    if shape is None:
        raise damaged(name)
    for rows, columns in shape.extents:
        check_extent(rows, columns, name)
    return shape
