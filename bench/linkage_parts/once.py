"""One request in a process of its own: opens a register, links a list, and prints what it took as JSON.

python bench/linkage_parts/once.py REGISTER LIST.xlsx TRUTH PEOPLE
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import polars as pl

import likeforlike as lfl
from likeforlike.linkage.truth import true_quality
from likeforlike.synthetic import read_truth


def main(register: str, listed: str, truth: str, people: int) -> None:
    lab = lfl.load_lab("justice")
    cohort = some(lfl.read_cohort(listed, lab), people)
    began = time.perf_counter()
    opened = lfl.open_register(register, lab)
    links = lfl.link(cohort, opened)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    again = time.perf_counter()
    lfl.link(cohort, opened)
    again = time.perf_counter() - again
    quality = true_quality(links, opened, read_truth(Path(truth)).rows)
    figures = {"people": cohort.people.height, "seconds": seconds, "again": again, "peak_gib": peak}
    print(json.dumps(figures | {"quality": quality.to_dicts()}))


def some(cohort: lfl.Cohort, people: int) -> lfl.Cohort:
    """So many people of the list, drawn at random; the whole list when it has no more."""
    drawn = cohort.people.sample(min(people, cohort.people.height), seed=1).sort("row")
    numbered = drawn.with_columns(participant=pl.int_range(pl.len(), dtype=pl.Int64))
    return replace(cohort, people=numbered)


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]))
