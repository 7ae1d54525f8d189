"""A lab whose columns are also known by the headings that a provider matched to them."""

from __future__ import annotations

from likeforlike.labs import Lab


def with_headings(lab: Lab, columns: dict[str, str]) -> Lab:
    """The lab, in which each of these headings means its column and no other.

    Parameters
    ----------
    lab
        The lab as it is.
    columns
        Name of a column, and the file's heading for it.
    """
    taken = set(columns.values())
    changed = [
        column.model_copy(
            update={
                "aliases": (*(alias for alias in column.aliases if alias not in taken), columns[column.name])
            }
            if column.name in columns
            else {"aliases": tuple(alias for alias in column.aliases if alias not in taken)}
        )
        for column in lab.columns.column
    ]
    return lab.model_copy(update={"columns": lab.columns.model_copy(update={"column": tuple(changed)})})
