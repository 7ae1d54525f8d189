"""Tables of counts audited from the exact numbers: the audit decides, whatever made the pattern."""

import polars as pl

from likeforlike.disclosure.checking.tables import audit_tables
from likeforlike.disclosure.release import LinkageQuality
from likeforlike.disclosure.tables import balance_rows, linkage_rows
from likeforlike.labs import load_lab
from support.releases import lower_release

LAB = load_lab("justice")
PROFILE = LAB.disclosure
LEVELS = {"white": 400, "black": 60, "asian": 35, "other": 5}


def balance(counts: dict[str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "covariate": "e", "label": "E", "group": "G", "level": level, "percent": True,
                "mean_treated": n / 500, "mean_pool": 0.2, "mean_matched_treated": n / 500,
                "mean_comparison": n / 500, "smd_before": 0.1, "smd_after": 0.0, "light": "green",
                "n_treated": n, "n_comparison": 10.0 * n + 100, "largest_share": 0.01,
            }
            for level, n in counts.items()
        ]
    )  # fmt: skip


def quality(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["group", "level", "submitted", "linked"], orient="row")
    return frame.with_columns(released=pl.lit(value=True))


SAFE = quality(("Everyone", "", 1000, 900), ("Sex", "Men", 890, 795), ("Sex", "Women", 110, 105))


def audited(*, hide=None, linkage=None):
    shown = balance_rows(balance(LEVELS), PROFILE, sum(LEVELS.values()))
    if hide is not None:
        shown = tuple(
            row.model_copy(update={"light": "hidden" if row.level in hide else "green"}) for row in shown
        )
    release = lower_release(LAB).model_copy(
        update={"balance": shown, "linkage": linkage or linkage_rows(SAFE, PROFILE)}
    )
    return audit_tables(release, PROFILE, balance=balance(LEVELS), quality=SAFE)


def test_our_own_patterns_give_nothing_away():
    tables = audited()
    assert [(table.name, table.given_away) for table in tables] == [("balance e", ()), ("linkage Sex", ())]
    assert all("nothing gives them away" in table.sentence for table in tables)


def test_a_lone_hidden_level_is_found_whoever_hid_it():
    (table, _) = audited(hide={"other"})
    assert "e other is 5 to 5" in table.sentence


def test_a_percentage_that_tells_of_few_who_were_not_found():
    shown = tuple(
        LinkageQuality(label=label, submitted=n, found_percent=found)
        for label, n, found in [("Everyone", 1000, 90), ("Men", 890, 89), ("Women", 110, None)]
    )
    (_, table) = audited(linkage=shown)
    assert "Sex Women" in table.sentence
    assert "is 5 to 5" in table.sentence


def test_any_office_can_read_the_table():
    (table, _) = audited()
    lines = table.jj.splitlines()
    assert lines[:2] == ["0", "5"]
    assert [line.split()[3] for line in lines[2:7]] == ["s", "s", "s", "u", "s"]
