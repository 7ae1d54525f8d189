"""`likeforlike audit`: whether the record is whole, and the record as a file."""

from __future__ import annotations

from typing import Annotated

import typer

from likeforlike.errors import LikeForLikeError
from likeforlike_web.commands.start import start_django


def verify(
    size: Annotated[
        int | None, typer.Option("--size", help="Number of events of a head that was kept.")
    ] = None,
    head: Annotated[
        str | None, typer.Option("--head", help="That head: the record must still begin with it.")
    ] = None,
) -> None:
    """Check that no event was changed, removed or put in between, and print the head of all.

    Leaves with 1 if the record is not as it was written.

    Example: likeforlike audit verify --size 120 --head 5dc9…
    """
    start_django("front")
    from likeforlike_web.audit.verify import verify as look

    found = look()
    if found.broken:
        raise LikeForLikeError(
            f"{found.broken} Keep the database as it is, and tell whoever is responsible for security."
        )
    if head is not None:
        earlier = look(upto=size or found.events)
        if earlier.events != (size or found.events) or earlier.head != head.strip().lower():
            raise LikeForLikeError(
                "The record does not begin with what that head was made of: it was written anew."
            )
    typer.echo(f"{found.events} events, none changed.\nHead: {found.head}")


def export() -> None:
    """Print every event as one JSON object a line, with its hash.

    Example: likeforlike audit export > audit.jsonl
    """
    start_django("front")
    import json
    from dataclasses import asdict

    from likeforlike_web.audit.kinds import CATEGORY, Kind
    from likeforlike_web.audit.models import Event

    for event in Event.objects.order_by("number").iterator(chunk_size=2_000):
        entry = asdict(event.entry())
        typer.echo(json.dumps(entry | {"category": CATEGORY[Kind(event.kind)], "sha256": event.sha256}))
