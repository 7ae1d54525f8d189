"""What ACRO says of some outputs: run by ACRO's own Python, prints one line of JSON an output.

ACRO_PYTHON bench/disclosure_parts/acro_cases.py
"""

import json
import logging
import os
import tempfile
import warnings

import numpy as np
import pandas as pd
from acro import ACRO
from acro.version import __version__

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def people(events: int, n: int, group: str = "all") -> pd.DataFrame:
    return pd.DataFrame({"group": group, "y": [1] * events + [0] * (n - events)})


def cases(acro: ACRO) -> dict:
    """Each output by its name, as a call."""
    draw = np.random.default_rng(1)
    mixed = pd.concat([people(20, 40, "A"), people(15, 40, "B")], ignore_index=True)
    money = pd.DataFrame({"group": "all", "cost": [900.0, 800.0, *draw.uniform(1, 5, 28).round(2)]})
    close = pd.DataFrame({"group": "all", "cost": [1000.0, 85.0, *[1.0] * 13]})
    twelve = pd.DataFrame({"group": "all", "days": draw.normal(100, 30, 12).round(1)})
    one = people(30, 60).assign(one_person=[1] + [0] * 59, const=1)
    times = pd.DataFrame({"time": np.arange(1, 61), "event": [1, 0] * 30})

    def mean(frame, what="mean", of="y"):
        return lambda: acro.pivot_table(frame, index=["group"], values=[of], aggfunc=[what])

    def counts(frame):
        return lambda: acro.crosstab(frame.group, frame.y)

    return {
        "a table of counts, all of 15 or more": counts(mixed),
        "a rate of 50% of 60": mean(people(30, 60)),
        "a count of 4": counts(people(4, 60)),
        "a table in which all 30 had it": counts(pd.concat([people(30, 30, "A"), people(15, 40, "B")])),
        "a table in which 49 of 50 had it": counts(pd.concat([people(49, 50, "A"), people(15, 40, "B")])),
        "a rate of 100% of 30, as a mean": mean(people(30, 30)),
        "a rate of 0% of 30, as a mean": mean(people(0, 30)),
        "a rate of 97% of 30, as a mean": mean(people(29, 30)),
        "a mean of which two people are nine tenths": mean(money, of="cost"),
        "a mean whose largest part can be worked out to 10%": mean(close, of="cost"),
        "the median of 12 people": mean(twelve, "median", "days"),
        "the least and the most of 12 people": lambda: acro.pivot_table(
            twelve, index=["group"], values=["days"], aggfunc=["min", "max"]
        ),
        "a regression with one person as a term": lambda: acro.ols(one.y, one[["const", "one_person"]]),
        "a survival table of single events": lambda: acro.surv_func(times.time, times.event, output="table"),
        "a list, and the list less one person": lambda: [counts(people(30, 60))(), counts(people(30, 59))()],
        "a group of 4 left out of one table, counted in another": lambda: [
            counts(mixed)(),
            counts(pd.concat([mixed, people(2, 4)]).assign(group="all"))(),
        ],
    }


def main() -> None:
    os.chdir(tempfile.mkdtemp())
    acro = ACRO(suppress=False)
    for name, call in cases(acro).items():
        before = set(acro.results.results)
        try:
            call()
            new = [record for key, record in acro.results.results.items() if key not in before]
            worst = max((record.status for record in new), key=["pass", "review", "fail"].index)
            why = "; ".join(" ".join(record.summary.split()) for record in new)
        except Exception as error:
            worst, why = "error", type(error).__name__
        print(json.dumps({"what": name, "status": worst, "why": why[:300], "version": __version__}))


if __name__ == "__main__":
    main()
