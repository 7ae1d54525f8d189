"""What a reader sees of an HTML page or an SVG: its pieces of text, by the section they stand in."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {
    "p",
    "li",
    "dt",
    "dd",
    "th",
    "td",
    "h1",
    "h2",
    "h3",
    "caption",
    "summary",
    "figcaption",
    "title",
    "desc",
    "text",
}
SILENT = {"style", "script"}
VOID = {"meta", "source", "img", "br", "path", "line", "rect"}
DATA_URI = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


@dataclass
class Piece:
    """A block's text and the id of the section or article around it."""

    tag: str
    section: str
    text: str


@dataclass
class _Reader(HTMLParser):
    pieces: list[Piece] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "img":
            self.images.append(given.get("alt") or "")
        if tag in VOID:
            return
        self.open_tags.append(tag)
        if tag in ("section", "article"):
            self.sections.append(given.get("aria-labelledby", ""))
        if tag in BLOCKS:
            self.pieces.append(Piece(tag, self.sections[-1] if self.sections else "", ""))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        while self.open_tags and self.open_tags.pop() != tag:
            pass
        if tag in ("section", "article"):
            self.sections.pop()

    def handle_data(self, data):
        if data.strip() and not SILENT & set(self.open_tags):
            if not BLOCKS & set(self.open_tags):
                self.pieces.append(Piece("", self.sections[-1] if self.sections else "", ""))
            self.pieces[-1].text = f"{self.pieces[-1].text} {' '.join(data.split())}".strip()


def pieces(markup: str) -> list[Piece]:
    """Every piece of text that is shown."""
    return _read(markup).pieces


def alternatives(markup: str) -> list[str]:
    """The text alternatives of the images."""
    return _read(markup).images


def embedded_svgs(markup: str) -> list[str]:
    """The charts that a page carries within itself."""
    return [b64decode(found).decode() for found in DATA_URI.findall(markup)]


def sentences(texts: list[str]) -> list[str]:
    """The texts cut into sentences."""
    return [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if s]


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    return reader
