"""`theme.toml`: how a department's reports look, and its own words for the report's frame."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from likeforlike.labs.parts.base import Frozen, Text

LEAST_CONTRAST = 4.5
"""Of text with its background: WCAG 2.2, success criterion 1.4.3."""


def _readable(colour: str) -> str:
    contrast = 1.05 / (luminance(colour) + 0.05)
    if contrast < LEAST_CONTRAST:
        raise ValueError(
            f"it has a contrast of {contrast:.1f} with white, and needs {LEAST_CONTRAST}: choose a darker colour"
        )
    return colour


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, from 0 for black to 1 for white; WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Dark = Annotated[Colour, AfterValidator(_readable)]


class Theme(Frozen):
    """A department's look: `theme.toml`. Charts keep their colours, which are told apart by everyone."""

    logo: str = ""
    """File in the lab's folder, SVG or PNG, for the top of every page."""
    logo_text: str = ""
    """What the logo says, for those who cannot see it; needed with a logo."""
    band: Dark = "#12436d"
    """Background of the band at the top; its text is white."""
    band_line: Colour = "#f46a25"
    """Line under the band."""
    link: Dark = "#12436d"
    """Colour of links."""
    wording: dict[str, Text] = Field(default_factory=dict)
    """The report's own words that the department says in another way, by dotted name, such as "head.kind"."""

    @model_validator(mode="after")
    def _said_too(self) -> Theme:
        if self.logo and not self.logo_text.strip():
            raise ValueError("a logo needs the key 'logo_text': say in words what it shows")
        return self
