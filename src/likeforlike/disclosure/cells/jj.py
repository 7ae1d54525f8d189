"""A table in the JJ format of τ-ARGUS, so that any office can check us with its own software."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from likeforlike.disclosure.cells.cells import Cells
from likeforlike.disclosure.cells.suppress import Protection

SENSITIVE, SAFE = "u", "s"
NAME = "cell"


def jj_text(cells: Cells, protection: Protection, cost: NDArray[np.float64] | None = None) -> str:
    """The file: a header, each cell, and each sum.

    A cell's line has its number, value, cost, status (`u` sensitive, `s` safe), the bounds that anybody knows, and
    the protection it asks for: down, up, sliding. A sum's line has its right side (0), its cells, and each of them
    with its sign.
    """
    price = np.maximum(cells.values, 1) if cost is None else cost
    largest = int(cells.values.max(initial=0))
    lines = ["0", str(len(cells))]
    for i, value in enumerate(cells.values.tolist()):
        status = SENSITIVE if protection.sensitive[i] else SAFE
        down, up = (
            (value - int(protection.least[i]), int(protection.most[i]) - value)
            if protection.sensitive[i]
            else (0, 0)
        )
        lines.append(f"{i} {value} {price[i]:g} {status} 0 {max(largest, value + up)} {down} {up} 0")
    relations = cells.relations
    lines.append(str(relations.shape[0]))
    for start, stop in zip(relations.indptr[:-1], relations.indptr[1:], strict=True):
        members = zip(relations.indices[start:stop], relations.data[start:stop], strict=True)
        terms = " ".join(f"{cell} ({int(sign)})" for cell, sign in members)
        lines.append(f"0.0 {stop - start} : {terms}")
    return "\n".join(lines) + "\n"
