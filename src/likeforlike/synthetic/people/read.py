"""Reads the lists of names and places that the twin's people are made of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from likeforlike.synthetic.people.identifiers import Identifier
from likeforlike.synthetic.people.names import Names
from likeforlike.synthetic.people.places import Places


@dataclass(frozen=True, slots=True)
class World:
    """Names, places and official numbers."""

    names: Names
    places: Places
    identifiers: tuple[Identifier, ...] = ()


def read_world(identifiers: tuple[Identifier, ...] = ()) -> World:
    """Names and places of the United Kingdom, from `names.toml` and `places.toml`, and a lab's identifiers."""
    return World(Names.from_lists(_load("names.toml")), Places.from_lists(_load("places.toml")), identifiers)


def _load(file: str) -> dict[str, Any]:
    text = (files("likeforlike.synthetic.people") / file).read_text(encoding="utf-8")
    return tomllib.loads(text)
