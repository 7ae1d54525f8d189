"""The checker's pack of a release, with what the vault has of its study."""

from __future__ import annotations

from pathlib import Path

from likeforlike.disclosure.checking.pack import Pack, make_pack
from likeforlike.disclosure.checking.read import read_hidden, read_overlapping, read_tables
from likeforlike.disclosure.checking.tables import audit_tables
from likeforlike.disclosure.release import Release
from likeforlike.labs.definition import DisclosureProfile


def pack_of_study(release: Release, profile: DisclosureProfile, study: Path | None) -> Pack:
    """Put a release beside its study.

    Parameters
    ----------
    release, profile
        What would be published, and the rules.
    study
        The study's folder in the vault; without it there are no exact counts.
    """
    if study is None:
        return make_pack(release, profile)
    counts = read_tables(study) if release.status == "released" else {}
    return make_pack(
        release,
        profile,
        hidden=read_hidden(study),
        overlapping=read_overlapping(study),
        tables=audit_tables(release, profile, **counts) if counts else (),
    )
