"""What time, tools and hasty eyes do to a serial, and what is stated of the weapon.

The tables are this benchmark's own, and drawn directly; `benchmarks.limit` computes with the same tables what could be
known at best. Matching never sees them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.worlds import ALPHABET, COUNTRIES, KINDS, Array, World

DAMAGES = (
    "clean", "unreadable_1", "unreadable_2_3", "look_alike", "transposed", "lost_end", "wrong_attributes",
    "inserted_or_left_out", "middle_gap", "mixed",
)  # fmt: skip
HEAVY = ("wrong_attributes", "mixed")
"""Classes in which more of what is stated of the weapon is wrong or missing."""

_SEEN_AS = dict(
    entry.split(":")
    for entry in [
        "0:OOODD8QC6",
        "1:III7LLT4",
        "2:ZZZ77",
        "3:88B59",
        "4:AA99H",
        "5:SSS66",
        "6:GG8855",
        "7:11TTZ",
        "8:BBB3366",
        "9:44GG8",
        "A:44RH",
        "B:888R3E",
        "C:GGOO0",
        "D:0000OO",
        "E:FFFB",
        "F:EEP",
        "G:666CC",
        "H:NNM",
        "I:1111LLT",
        "J:UI",
        "K:XXR",
        "L:III1",
        "M:NNH",
        "N:MMH",
        "O:000000DDQQ",
        "P:RRF",
        "Q:OO00",
        "R:PPKA",
        "S:5555588",
        "T:77YI",
        "U:VVJ",
        "V:UUY",
        "W:VVM",
        "X:KKY",
        "Y:VVTX",
        "Z:2222277",
    ]
)
ANY_SIGN = 0.1
"""Share of misread places that are read as any other sign whatever."""
ONE_LOOK_ALIKE = 0.65
LOST = (0.5, 0.3, 0.2)
"""How often one, two or three places of an end are gone, or of a gap in the middle."""
SAID = 0.5
DOUBLED, DIGIT = 0.5, 0.8
MIXED = (0.4, 0.2, 0.2, 0.2)
"""Of the mixed: a look-alike, any other sign, two places exchanged, one place of an end lost without a word."""
YEARS_OFF = 5


@dataclass(frozen=True)
class Statements:
    """How often an attribute is left out, and how often it is wrong, in the order of `COLUMNS`."""

    missing: tuple[float, ...]
    wrong: tuple[float, ...]


LIGHT = Statements((0.15, 0.4, 0.2, 0.35, 0.8, 0.25), (0.03, 0.04, 0.05, 0.03, 0.5, 0.04))
WORSE = Statements((0.35, 0.5, 0.3, 0.4, 0.85, 0.3), (0.12, 0.15, 0.15, 0.1, 0.6, 0.1))
RELATIVE = 0.6
"""Of wrong makers and calibres, the share that is taken from the family of the true one."""


def _seen() -> Array:
    """Return how often a sign (row) is seen as another (column), if it is misread."""
    table = np.full((36, 36), ANY_SIGN / 35)
    np.fill_diagonal(table, 0)
    for sign, others in _SEEN_AS.items():
        for other in others:
            table[ALPHABET.index(sign), ALPHABET.index(other)] += (1 - ANY_SIGN) / len(others)
    return table


SEEN = _seen()

Signs = list[str]


def damaged(number: str, damage: str, chance: np.random.Generator) -> str:
    """Return what an examiner reads of a serial that suffered so."""
    return "".join(_WAYS[damage](list(number), chance))


def unreadable(signs: Signs, count: int, chance: np.random.Generator) -> Signs:
    for place in chance.choice(len(signs), min(count, max(len(signs) - 2, 0)), replace=False):
        signs[place] = "?"
    return signs


def misread(signs: Signs, count: int, chance: np.random.Generator) -> Signs:
    for place in chance.choice(len(signs), min(count, len(signs)), replace=False):
        if signs[place] in ALPHABET:
            signs[place] = ALPHABET[chance.choice(36, p=SEEN[ALPHABET.index(signs[place])])]
    return signs


def transposed(signs: Signs, chance: np.random.Generator) -> Signs:
    places = [place for place in range(len(signs) - 1) if signs[place] != signs[place + 1]]
    if places:
        place = int(chance.choice(places))
        signs[place : place + 2] = signs[place : place + 2][::-1]
    return signs


def lost(signs: Signs, said: float, chance: np.random.Generator) -> Signs:
    count = min(1 + int(chance.choice(3, p=LOST)), max(len(signs) - 3, 0))
    sign = ["*"] if chance.random() < said else []
    return sign + signs[count:] if chance.random() < 0.5 else signs[: len(signs) - count] + sign


def inserted(signs: Signs, chance: np.random.Generator) -> Signs:
    place = int(chance.integers(len(signs) + 1))
    if place and chance.random() < DOUBLED:
        return [*signs[:place], signs[place - 1], *signs[place:]]
    among = ALPHABET[:10] if chance.random() < DIGIT else ALPHABET[10:]
    return [*signs[:place], among[int(chance.integers(len(among)))], *signs[place:]]


def left_out(signs: Signs, chance: np.random.Generator) -> Signs:
    place = int(chance.integers(len(signs)))
    return signs[:place] + signs[place + 1 :]


def _inserted_or_left_out(signs: Signs, chance: np.random.Generator) -> Signs:
    return left_out(signs, chance) if len(signs) > 3 and chance.random() < 0.5 else inserted(signs, chance)


def _middle_gap(signs: Signs, chance: np.random.Generator) -> Signs:
    if len(signs) < 3:
        return signs
    start = int(chance.integers(1, len(signs) - 1))
    width = min(1 + int(chance.choice(3, p=LOST)), len(signs) - 1 - start)
    return [*signs[:start], "*", *signs[start + width :]]


def _mixed(signs: Signs, chance: np.random.Generator) -> Signs:
    error = int(chance.choice(4, p=MIXED))
    if error == 0:
        signs = misread(signs, 1, chance)
    elif error == 1:
        place = int(chance.integers(len(signs)))
        others = ALPHABET.replace(signs[place], "")
        signs[place] = others[int(chance.integers(35))]
    elif error == 2:
        signs = transposed(signs, chance)
    elif len(signs) > 4:
        signs = signs[1:] if chance.random() < 0.5 else signs[:-1]
    return unreadable(signs, 1, chance)


_WAYS: dict[str, Callable[[Signs, np.random.Generator], Signs]] = {
    "clean": lambda signs, _: signs,
    "unreadable_1": lambda signs, chance: unreadable(signs, 1, chance),
    "unreadable_2_3": lambda signs, chance: unreadable(signs, int(chance.integers(2, 4)), chance),
    "look_alike": lambda signs, chance: misread(signs, 1 if chance.random() < ONE_LOOK_ALIKE else 2, chance),
    "transposed": transposed,
    "lost_end": lambda signs, chance: lost(signs, SAID, chance),
    "wrong_attributes": lambda signs, _: signs,
    "inserted_or_left_out": _inserted_or_left_out,
    "middle_gap": _middle_gap,
    "mixed": _mixed,
}


def streamed(number: str, rate: float, chance: np.random.Generator) -> str:
    """Return a reading in which errors that the reading says nothing of are `rate` times as frequent as usual."""
    signs = list(number)
    if chance.random() < 0.012 * rate:
        signs = lost(signs, 0.0, chance)
    if chance.random() < 0.006 * rate and len(signs) > 3:
        signs = left_out(signs, chance)
    if chance.random() < 0.006 * rate:
        signs = inserted(signs, chance)
    if chance.random() < 0.008 * rate:
        signs = transposed(signs, chance)
    signs = misread(signs, int(chance.binomial(len(signs), min(0.012 * rate, 1.0))), chance)
    if chance.random() < 0.1:
        return "".join(lost(signs, 1.0, chance))
    return "".join(unreadable(signs, int(chance.choice(4, p=(0.45, 0.3, 0.15, 0.1))), chance))


def stated(of: World, truth: Array, how: Statements, chance: np.random.Generator) -> tuple[int, ...]:
    """Return what is stated of a weapon, -1 where nothing is."""
    maker, model, calibre, country, year, kind = truth.tolist()
    left_out, wrong = chance.random(6) < how.missing, chance.random(6) < how.wrong
    seen = _relative(maker, of.relatives, chance) if wrong[0] else maker
    if seen != maker and not left_out[0]:
        model = _model_of(of, seen, chance)
    elif wrong[1]:
        model = _model_of(of, maker, chance)
    if wrong[2]:
        calibre = _relative(calibre, of.calibre_families, chance)
    if wrong[3]:
        country = int(chance.integers(COUNTRIES))
    if wrong[4]:
        year += int(chance.integers(1, YEARS_OFF + 1)) * int(chance.choice([-1, 1]))
    if wrong[5]:
        kind = int(chance.integers(KINDS))
    values = (seen, model, calibre, country, year, kind)
    return tuple(-1 if out else value for out, value in zip(left_out.tolist(), values, strict=True))


def _relative(value: int, families: Array, chance: np.random.Generator) -> int:
    """Return another of the family, or any value at all."""
    family = np.flatnonzero(families == families[value])
    family = family[family != value]
    if len(family) and chance.random() < RELATIVE:
        return int(chance.choice(family))
    return int(chance.integers(len(families)))


def _model_of(of: World, maker: int, chance: np.random.Generator) -> int:
    """Return a model of the maker, those more often that were made in greater numbers."""
    first, last = of.first_models[maker], of.first_models[maker + 1]
    return int(np.searchsorted(of.firsts, chance.integers(of.firsts[first], of.firsts[last]), "right") - 1)
