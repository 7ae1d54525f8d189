"""The study as a research object: what each file is, how they came about, and from what (RO-Crate 1.1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from likeforlike.disclosure.release import Release

NAME = "ro-crate-metadata.json"
KINDS = {
    "html": ("text/html", "The report"),
    "pdf": ("application/pdf", "The report as a PDF"),
    "json": ("application/json", "Figures and rules for machines"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "The tables as a workbook"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "The tables as a workbook"),
    "csv": ("text/csv", "A table"),
    "svg": ("image/svg+xml", "A chart"),
}
Entity = dict[str, Any]


def crate_json(release: Release, files: Mapping[str, bytes]) -> bytes:
    """The metadata of a report's folder.

    Parameters
    ----------
    files
        The other files, by their names within the folder.
    """
    parts = [_file(name, content) for name, content in sorted(files.items())]
    graph: list[Entity] = [
        _descriptor(),
        _root(release, parts),
        _action(release),
        *_software(release),
        *parts,
    ]
    content = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _descriptor() -> Entity:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _root(release: Release, parts: list[Entity]) -> Entity:
    made, programme = release.provenance, release.programme
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{release.lab_title}: {programme.name}",
        "description": programme.description
        or f"The answer of the {release.lab_title} about {programme.name}.",
        "datePublished": (made.sealed_at.date() if made.sealed_at else made.vintage).isoformat(),
        "publisher": {"@id": "#department"},
        "identifier": made.study_sha256,
        "license": f"As {release.department} publishes it.",
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mentions": {"@id": "#run"},
    }


def _action(release: Release) -> Entity:
    made = release.provenance
    return {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "The study",
        "instrument": [{"@id": f"#software-{name}"} for name in sorted(made.software)],
        "object": [{"@id": "#records"}],
        "result": {"@id": "./"},
        "description": f"Lab {made.lab} {made.lab_version}, plan {made.plan_sha256} (version {made.plan_version}), "
        f"disclosure profile {made.disclosure_profile}, seed {made.seed}.",
    }


def _software(release: Release) -> list[Entity]:
    made = release.provenance
    programs = [
        {"@id": f"#software-{name}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        for name, version in sorted(made.software.items())
    ]
    records = {
        "@id": "#records",
        "@type": "Dataset",
        "name": f"The records of {release.department}, as of {made.vintage.isoformat()}",
        "identifier": made.register_sha256,
        "description": "They do not leave the department.",
    }
    department = {"@id": "#department", "@type": "Organization", "name": release.department}
    return [department, records, *programs]


def _file(name: str, content: bytes) -> Entity:
    encoding, about = KINDS[name.rpartition(".")[2]]
    return {
        "@id": name,
        "@type": "File",
        "name": about,
        "encodingFormat": encoding,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
