"""What must hold in every career."""

import numpy as np
import pytest

from likeforlike.labs import load_lab
from likeforlike.synthetic.careers import Careers
from likeforlike.synthetic.careers.occasions import CAUTION, CUSTODY, KINDS, ORDER
from likeforlike.synthetic.careers.settings import CareerSettings
from likeforlike.synthetic.careers.simulate import Help
from likeforlike.synthetic.parameters import parsed

SIZE = 8_000
MODEL = Careers(
    parsed(CareerSettings, "histories", load_lab("justice").synthetic.histories), ("North", "South"), 12, 6
)


@pytest.fixture(scope="module")
def lives():
    rng = np.random.default_rng(4)
    return MODEL.begin(rng.random(SIZE) < 0.8, rng.integers(0, 2, SIZE), rng)


@pytest.fixture(scope="module")
def careers(lives):
    found = MODEL.live(lives, np.random.default_rng(5))
    return found.take(np.lexsort((found.earlier, found.person)))


def pairs(careers):
    """Each occasion and the next of the same person, breaches left out of the first."""
    here = np.flatnonzero(careers.person[1:] == careers.person[:-1])
    return careers.take(here), careers.take(here + 1)


def test_sanctions_are_counted_without_gaps(careers):
    first = np.r_[True, careers.person[1:] != careers.person[:-1]]
    assert (careers.earlier[first] == 0).all()
    now, following = pairs(careers)
    assert (following.earlier == now.earlier + 1).all()
    assert (following.custodies == now.custodies + (now.kind == CUSTODY)).all()
    assert (following.orders == now.orders + (now.kind == ORDER)).all()


def test_nobody_offends_in_custody_or_before_being_free(careers):
    now, following = pairs(careers)
    assert (following.offence_day > now.index_day)[~following.breach].all()


def test_dates_of_an_occasion_follow_one_another(careers):
    assert (careers.offence_day < careers.disposal_day).all()
    assert (careers.disposal_day <= careers.index_day).all()
    assert ((careers.index_day > careers.disposal_day) == (careers.kind == CUSTODY)).all()
    assert ((careers.custody_days > 0) == (careers.kind == CUSTODY)).all()


def test_breaches_follow_orders(careers):
    now, following = pairs(careers)
    assert (now.kind == ORDER)[following.breach].all()
    assert following.breach.sum() > 20


def test_cautions_are_quick_and_courts_are_not(careers):
    court = (careers.kind != CAUTION) & ~careers.breach
    delay = careers.disposal_day - careers.offence_day
    assert 90 <= np.median(delay[court]) <= 130
    assert 0.05 < (delay[court] > 300).mean() < 0.2
    assert np.median(delay[careers.kind == CAUTION]) < 30


def test_further_offences_are_milder_and_before_the_disposal(careers, lives):
    offending = MODEL.simulation.offending
    ages = np.full(len(careers), 30.0)
    single = offending.all_offences(careers, lives.male[careers.person], ages, np.random.default_rng(6))
    main = careers.group[single.occasion]
    assert (offending.seriousness[single.group] <= offending.seriousness[main]).all()
    assert (single.day < careers.disposal_day[single.occasion]).all()
    assert (single.group == main)[single.place == 0].all()


def test_help_multiplies_the_hazard_only_after_its_onset(careers, lives):
    at = careers.take(careers.earlier == 0)
    hazard = np.random.default_rng(7).exponential(size=len(at))
    onset = np.full(len(at), 60)
    simulation = MODEL.simulation
    without = simulation.next_offence(lives, at, hazard, None) - at.index_day
    helped = simulation.next_offence(lives, at, hazard, Help(onset, 0.5)) - at.index_day
    early = without <= 60
    assert (helped == without)[early].all()
    assert (helped > 60)[~early].all()
    base = simulation.hazard_by(lives, at, onset)
    still = np.exp(-(simulation.hazard_by(lives, at, np.full(len(at), 365)) - base) * 0.5)
    free = helped > 365
    assert free[~early].mean() == pytest.approx(np.average(still, weights=np.exp(-base)), abs=0.01)


def test_every_kind_of_sentence_occurs(careers):
    assert len(np.unique(careers.kind)) == len(KINDS)
