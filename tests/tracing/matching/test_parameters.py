import tomllib
from importlib.resources import files

import pytest

from tracemark.marking import SERIAL_ALPHABET
from tracemark.tracing.matching import COLUMNS, load_weights
from tracemark.tracing.matching.parameters import weights_of


def test_the_file_says_all_that_weights_hold() -> None:
    text = (files("tracemark.tracing.matching") / "weights" / "v8.toml").read_text(encoding="utf-8")
    assert weights_of(tomllib.loads(text)) == load_weights("v8") == load_weights()
    assert load_weights().version == "v8"


def test_every_attribute_has_a_weight() -> None:
    assert set(load_weights().attributes) == set(COLUMNS)


def test_pairs_are_of_two_characters_of_the_alphabet_and_named_once() -> None:
    pairs = list(load_weights().misread)
    assert all(len(pair) == 2 and set(pair) <= set(SERIAL_ALPHABET) for pair in pairs)
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)


def test_all_misreadings_of_a_character_together_are_rarer_than_reading_it_right() -> None:
    weights = load_weights()
    for character in SERIAL_ALPHABET:
        misread = sum(chance for pair, chance in weights.misread.items() if character in pair)
        assert misread + 35 * weights.channel["other"] < 0.2, character


def test_a_version_that_is_not_there_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        load_weights("v0")
