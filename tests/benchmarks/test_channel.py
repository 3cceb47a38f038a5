from collections import Counter

import numpy as np
import pytest

from benchmarks.channel import Serials
from benchmarks.damage import DAMAGES, HEAVY, damaged
from benchmarks.worlds import ALPHABET, WIDTH


def serials_of(text: str) -> Serials:
    codes = np.zeros((1, WIDTH), np.uint8)
    codes[0, : len(text)] = [ALPHABET.index(sign) + 1 for sign in text]
    return Serials(codes)


@pytest.mark.parametrize("heavy", [False, True])
@pytest.mark.parametrize("serial", ["4471", "AB1223", "KA90917X", "111111"])
def test_the_channel_says_how_often_each_damage_happens(serial: str, heavy: bool) -> None:
    count, chance = 4000, np.random.default_rng(1)
    classes = [damage for damage in DAMAGES if (damage in HEAVY) == heavy]
    drawn = Counter(damaged(serial, damage, chance) for damage in classes for _ in range(count))
    serials = serials_of(serial)
    said = {reading: float(serials.of_reading(reading)[1 + heavy].sum()) for reading in drawn}
    assert 0.85 * len(classes) < sum(said.values()) < 1.0001 * len(classes)
    for reading, expected in said.items():
        assert expected > 0
        assert abs(drawn[reading] / count - expected) < 6 * np.sqrt((expected + 1 / count) / count)


def test_a_reading_of_another_serial_is_impossible() -> None:
    assert [len(found) for found in serials_of("AB1223").of_reading("ZZ9")] == [0, 0, 0]
