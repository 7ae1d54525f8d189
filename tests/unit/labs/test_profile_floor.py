"""A lab names a profile and may make it stricter, never weaker; each mistake names file, key and remedy."""

import shutil
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from likeforlike.errors import LabProblem
from likeforlike.hashes import sha256_of
from likeforlike.labs import load_lab
from likeforlike.labs.definition import DisclosureProfile
from likeforlike.labs.read import HERE

NAMES = get_args(DisclosureProfile.model_fields["profile"].annotation)


def made(name: str, **keys: object) -> DisclosureProfile:
    return DisclosureProfile.model_validate({"profile": name, **keys})


def test_every_profile_loads_by_its_name_and_has_its_own_hash():
    assert [made(name).profile for name in NAMES] == list(NAMES)
    assert len({sha256_of(made(name).model_dump(mode="json")) for name in NAMES}) == len(NAMES) == 5


def test_the_justice_lab_is_the_default_profile_to_the_letter():
    assert load_lab("justice").disclosure == made("lab") == DisclosureProfile.model_validate({})


@pytest.mark.parametrize(
    ("name", "key", "weaker", "remedy"),
    [
        ("lab", "hide_below", 9, "at least 10"),
        ("lab", "minimum_analysed", 29, "at least 30"),
        ("lab", "round_counts_to", 5, "at least 10"),
        ("lab", "band_below", 9, "at least 10"),
        ("lab", "quantile_to", 1, "at least 7"),
        ("lab", "figures", 4, "at most 3"),
        ("lab", "show_zero", True, "false"),
        ("lab", "rounding", "midpoint-6", "'nearest'"),
        ("lab", "rounding_or", ["midpoint-6"], "left out"),
        ("lab", "table_rounding", "each", "'controlled'"),
        ("lab", "decimal_from", 4000, "left out"),
        ("lab", "version", "0.9.0", "'1.0.0'"),
        ("nhs-hes", "decimal_from", 3999, "at least 4000"),
        ("opensafely", "rates_from", "exact", "'rounded'"),
        ("opensafely", "rounding", "significant", "'midpoint-6' or 'nearest'"),
        ("opensafely", "totals", "own", "'sum'"),
    ],
)
def test_nothing_may_be_weaker(name, key, weaker, remedy, tmp_path):
    folder = Path(shutil.copytree(HERE / "justice", tmp_path / "mylab"))
    text = {True: "true", False: "false"}.get(weaker) if isinstance(weaker, bool) else repr(weaker)
    (folder / "disclosure.toml").write_text(f'profile = "{name}"\n{key} = {text}\n')
    with pytest.raises(LabProblem) as raised:
        load_lab(folder)
    assert all(part in str(raised.value) for part in ("disclosure.toml", f"'{key}'", f"'{name}'", remedy))


@pytest.mark.parametrize(
    ("name", "key", "stricter"),
    [
        ("lab", "hide_below", 10),
        ("lab", "round_counts_to", 20),
        ("lab", "rates_from", "rounded"),
        ("opensafely", "rounding", "midpoint-6"),
        ("opensafely", "table_rounding", "controlled"),
        ("nhs-hes", "show_zero", False),
        ("nhs-hes", "decimal_from", 10_000),
        ("lab", "noise_budget", 2.0),
    ],
)
def test_anything_may_be_stricter(name, key, stricter):
    assert getattr(made(name, **{key: stricter}), key) == stricter


def test_noise_needs_a_budget_that_reaches():
    assert made("lab", noise=1.0, noise_budget=1.0).noise == 1.0
    with pytest.raises(ValidationError, match="noise"):
        made("lab", noise=1.0, noise_budget=0.5)


def test_an_unknown_profile_is_a_mistake():
    with pytest.raises(ValidationError, match="census-drb"):
        made("ours")
