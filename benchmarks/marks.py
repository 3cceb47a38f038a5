"""A seeded register of marks, and what examiners could still read of some of them.

Nothing here is taken from the weights of matching: errors are drawn from tables of their own.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAKERS = 300
DAMAGES = (
    "clean",
    "unreadable_1",
    "unreadable_2",
    "unreadable_3",
    "look_alike",
    "transposed",
    "lost_head",
    "lost_tail",
    "middle_gap",
    "mixed",
)
ABSENT = 0.15
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEEN_AS = {
    "0": "OD8",
    "1": "I7L",
    "2": "Z7",
    "3": "85",
    "4": "A9",
    "5": "S6",
    "6": "G8",
    "7": "1T",
    "8": "B3",
    "9": "4G",
    "A": "4R",
    "B": "8R",
    "C": "GO",
    "D": "0O",
    "E": "FB",
    "F": "EP",
    "G": "6C",
    "H": "NM",
    "I": "1L",
    "J": "U",
    "K": "XR",
    "L": "I1",
    "M": "NH",
    "N": "MH",
    "O": "0D",
    "P": "RF",
    "Q": "O0",
    "R": "PK",
    "S": "58",
    "T": "7Y",
    "U": "VJ",
    "V": "UY",
    "W": "VM",
    "X": "KY",
    "Y": "VT",
    "Z": "27",
}


@dataclass(frozen=True)
class World:
    """Makers with their models and ways of numbering; what a weapon is follows from its model and running number."""

    maker_shares: NDArray[Any]
    model_counts: NDArray[Any]
    first_models: NDArray[Any]
    calibres: NDArray[Any]
    kinds: NDArray[Any]
    countries: NDArray[Any]
    years: NDArray[Any]
    schemes: NDArray[Any]
    produced: NDArray[Any]


@dataclass(frozen=True)
class Register:
    """Weapons, one row each: serial, attributes as they truly are and as recorded; `marks` are rows of weapons."""

    serials: list[str]
    recorded_serials: list[str]
    truth: NDArray[Any]
    recorded: NDArray[Any]
    marks: NDArray[Any]


@dataclass(frozen=True)
class Recovery:
    """A reading of a weapon; `weapon` is -1 where the register does not hold it, `stated` -1 where nothing was said."""

    damage: str
    text: str
    stated: tuple[int, ...]
    weapon: int


def world(seed: int) -> World:
    chance = np.random.default_rng([seed, 1])
    shares = 1 / (np.arange(MAKERS) + 3.0)
    model_counts = chance.integers(1, 30, MAKERS)
    models = int(model_counts.sum())
    return World(
        maker_shares=shares / shares.sum(),
        model_counts=model_counts,
        first_models=np.concatenate([[0], np.cumsum(model_counts)[:-1]]),
        calibres=np.minimum(chance.geometric(0.12, models) - 1, 39),
        kinds=np.minimum(chance.geometric(0.4, models) - 1, 7),
        countries=np.minimum(chance.geometric(0.12, MAKERS) - 1, 39),
        years=chance.integers(1930, 2015, models),
        schemes=chance.integers(0, 7, MAKERS),
        produced=(shares / shares.sum() * 60_000_000).astype(np.int64) + 20_000,
    )


def weapons(of: World, count: int, seed: int) -> tuple[list[str], NDArray[Any]]:
    """Draw weapons as they come onto the market: two thirds in lots of consecutive numbers, one third singly."""
    chance = np.random.default_rng([seed, 2])
    sizes = np.where(chance.random(count) < 0.1, chance.geometric(0.05, count), 1)
    lots = int(np.searchsorted(np.cumsum(sizes), count)) + 1
    sizes = sizes[:lots]
    maker = chance.choice(MAKERS, lots, p=of.maker_shares)
    model = of.first_models[maker] + (chance.random(lots) ** 2 * of.model_counts[maker]).astype(np.int64)
    start = (chance.random(lots) * of.produced[maker]).astype(np.int64)
    lot = np.repeat(np.arange(lots), sizes)[:count]
    running = start[lot] + np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes)[:count]
    maker, model = maker[lot], model[lot]
    year = of.years[model] + running * 30 // (of.produced[maker] + 1000)
    truth = np.stack([maker, model, of.calibres[model], of.countries[maker], year, of.kinds[model]], axis=1)
    return [
        serial(of, *each) for each in zip(maker.tolist(), model.tolist(), year.tolist(), running.tolist(), strict=True)
    ], truth


def serial(of: World, maker: int, model: int, year: int, running: int) -> str:
    """Number a weapon the way its maker does."""
    block = running // 1000
    ways = (
        lambda: str(running + 1),
        lambda: f"{running:07d}",
        lambda: f"{_LETTERS[model % 26]}{_LETTERS[model * 7 % 26]}{running % 1_000_000:06d}",
        lambda: f"{running % 100_000:05d}{_LETTERS[running // 100_000 % 26]}",
        lambda: f"{year % 100:02d}{_LETTERS[maker % 26]}{running % 100_000:05d}",
        lambda: f"{_LETTERS[block // 676 % 26]}{_LETTERS[block // 26 % 26]}{_LETTERS[block % 26]}{running % 1000:03d}",
        lambda: f"{_LETTERS[maker * 5 % 26]}{model % 10}{running % 10_000_000:07d}{_LETTERS[model % 26]}",
    )
    return ways[of.schemes[maker]]()


def register(of: World, mark_count: int, seed: int) -> Register:
    """Draw a register with its own errors: 1 % of serials mistyped, attributes missing or wrong."""
    chance = np.random.default_rng([seed, 3])
    count = max(1, int(mark_count / 1.25))
    serials, truth = weapons(of, count, seed)
    recorded = truth.copy()
    for column, missing, wrong in ((1, 0.05, 0.01), (2, 0.03, 0.02), (3, 0.05, 0.01), (4, 0.3, 0.03), (5, 0.01, 0.01)):
        other = recorded[chance.permutation(count), column]
        draw = chance.random(count)
        recorded[:, column] = np.where(draw < missing, -1, np.where(draw < missing + wrong, other, recorded[:, column]))
    typed = list(serials)
    for row in np.flatnonzero(chance.random(count) < 0.01):
        typed[row] = _mistyped(typed[row], chance)
    extra = chance.integers(0, count, mark_count - count)
    return Register(serials, typed, truth, recorded, np.concatenate([np.arange(count), extra]))


def recoveries(of: World, registered: Register, each: int, seed: int) -> list[Recovery]:
    """Draw recovered weapons of every class of damage; of those not registered half are neighbours of one that is."""
    chance = np.random.default_rng([seed, 4])
    strangers, strangers_truth = weapons(of, each * len(DAMAGES), seed + 1)
    held = set(zip(registered.serials, registered.truth[:, 0].tolist(), strict=True))
    found = []
    for number, damage in enumerate(DAMAGES):
        for count in range(each):
            row = int(chance.integers(len(registered.serials)))
            if chance.random() >= ABSENT:
                number_read, truth, weapon = registered.serials[row], registered.truth[row], row
            else:
                weapon = -1
                number_read, truth = strangers[number * each + count], strangers_truth[number * each + count]
                if chance.random() < 0.5:
                    truth = registered.truth[row]
                    number_read = _neighbour(registered.serials[row], chance)
                if (number_read, int(truth[0])) in held:
                    continue
            found.append(Recovery(damage, damaged(number_read, damage, chance), _stated(of, truth, chance), weapon))
    return [found[place] for place in chance.permutation(len(found))]


def damaged(number: str, damage: str, chance: np.random.Generator) -> str:
    """Return what an examiner writes of a serial that suffered so."""
    signs = list(number)
    size = len(signs)
    if damage.startswith("unreadable"):
        for place in chance.choice(size, min(int(damage[-1]), max(size - 2, 0)), replace=False):
            signs[place] = "?"
    elif damage == "look_alike":
        place = int(chance.integers(size))
        signs[place] = str(chance.choice(list(_SEEN_AS[signs[place]])))
    elif damage == "transposed":
        place = int(chance.integers(max(size - 1, 1)))
        signs[place : place + 2] = signs[place : place + 2][::-1]
    elif damage in ("lost_head", "lost_tail"):
        lost = max(min(int(chance.integers(1, 4)), size - 3), 0)
        sign = ["*"] if chance.random() < 0.6 else []
        signs = sign + signs[lost:] if damage == "lost_head" else signs[: size - lost] + sign
    elif damage == "middle_gap":
        start = int(chance.integers(1, max(size - 2, 2)))
        signs[start : start + int(chance.integers(1, 4))] = "*"
    elif damage == "mixed":
        return damaged(damaged(number, "look_alike", chance), "unreadable_1", chance)
    return "".join(signs)


def _stated(of: World, truth: NDArray[Any], chance: np.random.Generator) -> tuple[int, ...]:
    """Return what is stated of the weapon: much is left out, a little is wrong."""
    stated = []
    for value, given, wrong, values in zip(
        truth.tolist(),
        (0.85, 0.55, 0.8, 0.6, 0.15, 0.7),
        (0.04, 0.06, 0.05, 0.05, 0.3, 0.05),
        (MAKERS, len(of.kinds), 40, 40, 0, 8),
        strict=True,
    ):
        if chance.random() >= given:
            stated.append(-1)
        elif chance.random() < wrong:
            stated.append(int(chance.integers(values)) if values else value + int(chance.integers(-4, 5)))
        else:
            stated.append(value)
    return tuple(stated)


def _neighbour(number: str, chance: np.random.Generator) -> str:
    """Return a number some way along the same run."""
    head, running, tail = re.fullmatch(r"(.*?)(\d+)(\D*)", number).groups()  # type: ignore[union-attr]
    moved = max(int(running) + int(chance.choice([-1, 1])) * int(chance.geometric(0.08)), 0)
    return f"{head}{moved:0{len(running)}d}{tail}"


def _mistyped(number: str, chance: np.random.Generator) -> str:
    place = int(chance.integers(len(number)))
    return number[:place] + str(chance.integers(10)) + number[place + 1 :]
