"""Reads the published coefficients of OGRS3."""

from __future__ import annotations

import csv
from importlib.resources import files

import numpy as np

from likeforlike.synthetic.careers.ogrs3 import Ogrs3


def read_ogrs3() -> Ogrs3:
    """The scale with the coefficients of Howard et al. (2009), from `ogrs3.csv`."""
    text = (files("likeforlike.synthetic.careers") / "ogrs3.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    ages = [r for r in rows if r["term"] == "age"]
    groups = [r for r in rows if r["term"] == "offence"]
    return Ogrs3(
        age_from=np.array([int(r["level"].rstrip("+").split("-")[0]) for r in ages]),
        age=np.array([[float(r["female"]) for r in ages], [float(r["male"]) for r in ages]]),
        groups=tuple(r["level"] for r in groups),
        group=np.array([[float(r["female"]) for r in groups], [float(r["male"]) for r in groups]]),
    )
