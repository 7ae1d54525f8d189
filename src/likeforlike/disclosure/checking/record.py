"""Every rule applied to every output, for machines, in the form of ACRO's `results.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from likeforlike.disclosure.checking.rules import Checked
from likeforlike.labs.definition import DisclosureProfile

ACRO = "1.0.2"
"""The version whose form this is: Preen et al. 2025, *ACRO*, github.com/AI-SDC/ACRO."""
TYPES = {
    "programme": "custom",
    "request": "custom",
    "period": "custom",
    "timing": "survival plot",
    "overlap": "histogram",
}
Facts = dict[str, Any]


def record_of(checked: Iterable[Checked], profile: DisclosureProfile) -> Facts:
    """All records of a release.

    Parameters
    ----------
    checked
        From `check_release`.
    profile
        The rules that were asked.

    Returns
    -------
    dict
        Ready for JSON: `results` has an entry an output with `name`, `status` (pass, review, fail), `type`,
        `properties`, `sdc` (how many rules came out how), `outcome` (every rule with its result and reason).
    """
    entries = {f"output_{i}": _entry(f"output_{i}", each) for i, each in enumerate(checked)}
    return {
        "version": ACRO,
        "tool": {"name": "likeforlike", "profile": profile.profile, "profile_version": profile.version},
        "status": overall(entry["status"] for entry in entries.values()),
        "results": entries,
    }


def overall(statuses: Iterable[str]) -> str:
    """The worst of several."""
    return max(statuses, key=("pass", "review", "fail").index, default="pass")


def _entry(uid: str, checked: Checked) -> Facts:
    output = checked.output
    found = [verdict for verdict in checked.verdicts if verdict.result in ("broken", "look")]
    said = "; ".join(f"{verdict.rule}: {verdict.reason}" for verdict in found)
    counts = Counter(verdict.result for verdict in checked.verdicts)
    hidden = [
        [row, name] for row, each in enumerate(output.rows) for name, value in each.items() if value is None
    ]
    summary = {
        "suppressed": bool(hidden),
        **{result: counts[result] for result in ("met", "applied", "look", "broken")},
    }
    return {
        "uid": uid,
        "name": output.name,
        "status": checked.status,
        "type": TYPES.get(output.name, "table"),
        "properties": {"method": output.kind, "title": output.title, "rows": len(output.rows)},
        "sdc": {"summary": summary, "cells": {"hidden": hidden}},
        "files": [],
        "outcome": [
            {"rule": verdict.rule, "result": verdict.result, "reason": verdict.reason}
            for verdict in checked.verdicts
        ],
        "command": "",
        "summary": f"{checked.status}; {said}" if said else checked.status,
        "timestamp": "",
        "comments": [],
        "exception": "",
    }
