"""The sentences that a lab's `wording.toml` must hold, and the places that each may fill."""

from __future__ import annotations

from string import Formatter

from likeforlike.errors import LabProblem
from likeforlike.labs.definition import Lab

KINDS = ("rate", "frequency", "time")
CERTAINTIES = ("undetermined", "too_few", "withheld")
MATTERS = ("equivalent", "smaller_than_matters", "larger_than_matters", "may_matter")

ARMS = frozenset({"similar", "took_part", "did_not"})
"""What tells the groups apart: `took part` and `similar` people who `did not`, or what the lot decided."""
PEOPLE = frozenset({"noun", "nouns", "Nouns", "period", "months", "settle_months"}) | ARMS
MEASURE = PEOPLE | {"label", "unit"}
COUNTED = MEASURE | {"who", "Who"}
FIGURES = COUNTED | {"treatment", "comparison"}
RANGE = COUNTED | {"range", "far"}
ENDS = COUNTED | {"low", "high"}


def _slots() -> dict[str, frozenset[str]]:
    slots = {f"answer_{d}": COUNTED for d in ("lower", "higher", *CERTAINTIES)}
    slots["answer_withheld"] = COUNTED | {"reason"}
    slots |= {f"favours_{f}": PEOPLE for f in ("better", "worse", "neither", "equivalent", "withheld")}
    slots |= {
        s: PEOPLE
        for s in (
            "significant",
            "not_significant",
            "too_few",
            "several",
            "looks",
            "more_needed",
            "rounded_to_zero",
        )
    }
    slots |= {"number_needed": PEOPLE | {"number_needed"}, "withheld": PEOPLE | {"reason"}}
    slots |= {"who": PEOPLE, "who_descriptive": PEOPLE, "descriptive_note": COUNTED, "unit_one": MEASURE}
    slots |= {"change_none": PEOPLE, "end_none": PEOPLE, "rules_out_rest": PEOPLE}
    slots |= {"interval_one_side": RANGE, "interval_across": ENDS}
    slots |= {s: frozenset({"near", "far"}) for s in ("range_between", "range_up_to", "range_about")}
    slots |= {"rules_out_one_side": RANGE, "rules_out_across": ENDS, "rules_out_one_end": COUNTED | {"end"}}
    for kind in KINDS:
        slots |= {f"box_{kind}": COUNTED, f"compare_{kind}": FIGURES}
        slots |= {f"amount_{kind}": COUNTED | {"size"}}
        slots |= {f"change_{kind}_{d}": COUNTED | {"size"} for d in ("lower", "higher")}
        slots |= {f"end_{kind}_{d}": COUNTED | {"amount"} for d in ("lower", "higher")}
        slots |= {f"{kind}_lower": RANGE, f"{kind}_higher": RANGE, f"{kind}_undetermined": ENDS}
    slots |= {f"relative_{d}": RANGE for d in ("lower", "higher")} | {"relative_undetermined": ENDS}
    slots |= {f"relative_end_{d}": PEOPLE | {"size"} for d in ("lower", "higher")}
    slots |= {"detectable": COUNTED | {"amount"}}
    slots |= {s: COUNTED | {"margin"} for s in MATTERS}
    slots |= {f"cannot_say_{d}": PEOPLE for d in ("lower", "higher", *CERTAINTIES, "equivalent", "always")}
    slots |= {"cannot_say_unseen": PEOPLE}
    slots |= {f"method_{part}": PEOPLE for part in ("index", "outcome", "excluded")}
    return slots


SLOTS = _slots()
"""Every slot and the places its text may hold."""


def check_wording(lab: Lab) -> None:
    """Check that a lab's wording has every slot, no other, and no unknown place.

    Raises
    ------
    LabProblem
        Names the file and the key.
    """
    sentences = lab.wording.sentence
    for slot in SLOTS:
        if slot not in sentences:
            raise LabProblem(f"wording.toml: the key 'sentence.{slot}' is missing: add it.")
    measures = {m.name for m in lab.outcomes.measure}
    for key, text in sentences.items():
        measure, _, slot = key.rpartition(".")
        if slot not in SLOTS:
            raise LabProblem(
                f"wording.toml: there is no key 'sentence.{key}': check its spelling or take it out."
            )
        if measure and measure not in measures:
            raise LabProblem(
                f"wording.toml: the key 'sentence.{key}' names '{measure}', which is no measure."
            )
        for place in _places(key, text):
            if place not in SLOTS[slot]:
                known = ", ".join(sorted(SLOTS[slot]))
                raise LabProblem(
                    f"wording.toml: the key 'sentence.{key}' has the place '{{{place}}}', which nothing "
                    f"fills: use one of {known}."
                )


def _places(key: str, text: str) -> list[str]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise LabProblem(f"wording.toml: the key 'sentence.{key}' has an unpaired curly bracket.") from None
    return [
        f"{p}{'!' if conversion else ''}{conversion or spec}"
        for _, p, spec, conversion in parts
        if p is not None
    ]
