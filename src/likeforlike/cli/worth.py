"""`likeforlike worth`: what an effect is worth in money, as ranges."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from likeforlike.cli import options
from likeforlike.cli.console import show, working


def worth(
    prices: Annotated[
        str, typer.Argument(help="Prices as TOML, or the name of an example that comes with the package.")
    ],
    release: Annotated[
        Path | None,
        typer.Argument(help="The results.json of a release, for the effect; else the prices tell it."),
    ] = None,
    measure: Annotated[
        str | None, typer.Option(help="Name of the release's measure; the first if left out.")
    ] = None,
    out: options.Out = Path("worth"),
    as_json: options.Json = False,
) -> None:
    """Say from what effect on a programme pays for itself, and what its measured effect is worth, as ranges.

    Example: likeforlike worth education --out worth
    """
    from likeforlike.disclosure.checking.read import find_release
    from likeforlike.evidence import read_prices, write_worth
    from likeforlike.evidence import worth as value_of
    from likeforlike.evidence.money.effect import effect_of

    with working("Working out what it is worth", quiet=as_json):
        told = read_prices(prices)
        found = value_of(told, effect_of(find_release(release).release, measure) if release else None)
        page = write_worth(found, out)
    show(f"{found.summary()}\n\nPage: {page}", {**found.to_dict(), "page": str(page)}, as_json=as_json)
