"""The same twin is the same bytes; another seed or effect is another twin."""

import hashlib

import pytest

from likeforlike.synthetic import write_twin

PEOPLE = 12_000


def hashes(folder):
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def plain(lab, tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain")
    write_twin(lab, PEOPLE, 5, folder, replicates=20)
    return folder


def test_twice_the_same(lab, plain, tmp_path):
    write_twin(lab, PEOPLE, 5, tmp_path, replicates=20)
    assert hashes(tmp_path) == hashes(plain)
    assert set(hashes(plain)) == {
        "records/people.parquet",
        "records/names.parquet",
        "records/disposals.parquet",
        "records/offences.parquet",
        "records/extract.toml",
        "programme/participants.xlsx",
        "programme/about.toml",
        "truth/participants.parquet",
        "truth/rows.parquet",
        "truth/truth.json",
    }


def test_the_effect_changes_the_future_of_participants_only(lab, plain, tmp_path):
    facts = write_twin(lab, PEOPLE, 5, tmp_path, effect=0.0, replicates=20)
    ours, theirs = hashes(tmp_path), hashes(plain)
    same = {name for name in ours if ours[name] == theirs[name]}
    assert {"records/people.parquet", "programme/participants.xlsx"} <= same
    assert "records/offences.parquet" not in same
    assert facts.effect == 0.0
    assert facts.hazard_ratio == 1.0


def test_a_harmful_programme(lab, tmp_path):
    facts = write_twin(lab, PEOPLE, 5, tmp_path, effect=0.05, replicates=100)
    assert facts.hazard_ratio > 1
    assert facts.effect == pytest.approx(0.05, abs=0.02)


def test_a_failure_leaves_the_earlier_twin_alone(lab, plain):
    before = hashes(plain)

    def stop(message):
        if "effect" in message:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_twin(lab, PEOPLE, 6, plain, replicates=20, progress=stop)
    assert hashes(plain) == before
