"""Careers as the department's tables of disposals and offences."""

from __future__ import annotations

import numpy as np
import polars as pl

from likeforlike.synthetic.calendar import dates
from likeforlike.synthetic.careers.occasions import CUSTODY, KINDS, Lives, Occasions
from likeforlike.synthetic.careers.offending import CLASSES, Offending
from likeforlike.synthetic.careers.waiting import YEAR

BREACH_SERIOUSNESS = 5


def disposal_ids(person_id: pl.Series, occasions: Occasions) -> pl.Series:
    """The number of each occasion's disposal: the person's, and its place among the person's disposals."""
    person = person_id.gather(occasions.person).str.replace("P", "D", literal=True)
    return (person + "-" + _padded(occasions.earlier + 1, 3)).rename("disposal_id")


def disposals(
    person_id: pl.Series, occasions: Occasions, regions: tuple[str, ...], last_day: int
) -> pl.DataFrame:
    """The table `disposals`; a release after the last day is not yet known."""
    free = pl.col("index_date") <= dates(np.array([last_day]))[0]
    return pl.DataFrame(
        {
            "disposal_id": disposal_ids(person_id, occasions),
            "person_id": person_id.gather(occasions.person),
            "disposal_date": dates(occasions.disposal_day),
            "kind": pl.Series(KINDS).gather(occasions.kind),
            "index_date": dates(occasions.index_day),
            "custody_days": occasions.custody_days,
            "region": pl.Series(regions).gather(occasions.region),
        }
    ).with_columns(
        pl.when(free).then("index_date").alias("index_date"),
        pl.when(pl.Series(occasions.kind == CUSTODY)).then("custody_days").alias("custody_days"),
    )


def offences(
    person_id: pl.Series,
    lives: Lives,
    occasions: Occasions,
    offending: Offending,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """The table `offences`."""
    male = lives.male[occasions.person]
    age = (occasions.offence_day - lives.born[occasions.person]) / YEAR
    single = offending.all_offences(occasions, male, age, rng)
    breach = occasions.breach[single.occasion]
    classes = offending.classes.draw(single.group, rng)
    seriousness = np.where(breach, BREACH_SERIOUSNESS, offending.seriousness[single.group])
    person = person_id.gather(occasions.person)
    disposal = disposal_ids(person_id, occasions).gather(single.occasion)
    number = disposal.str.replace("D", "F", literal=True) + "-" + _padded(single.place + 1, 2)
    groups = pl.Series(offending.groups)
    return pl.DataFrame(
        {
            "offence_id": number,
            "person_id": person.gather(single.occasion),
            "disposal_id": disposal,
            "offence_date": dates(single.day),
            "offence_group": groups.gather(single.group),
            "offence_class": pl.Series(CLASSES).gather(np.where(breach, len(CLASSES) - 1, classes)),
            "seriousness": seriousness,
            "breach": breach,
        }
    )


def _padded(numbers: np.typing.NDArray[np.int64], width: int) -> pl.Series:
    """Numbers with leading zeros; looked up, because few are different."""
    largest = int(numbers.max(initial=0))
    return pl.Series([str(n).zfill(width) for n in range(largest + 1)], dtype=pl.String).gather(numbers)
