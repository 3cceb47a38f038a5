"""A seeded register of marks, and what examiners could still read of some of them.

The world is in `worlds`, the clerks are in `registers`, the errors in `damage`. Of the weapons asked for 15 in 100 are
absent from the register. Four in five of these are strangers, drawn from the same world; one in five
(`NEIGHBOURS`) is a neighbour: a weapon a few numbers along the run of one that is recorded, which is what a thief
leaves behind who takes one of a lot. Nothing here is taken from the weights of matching.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.damage import DAMAGES, HEAVY, LIGHT, WORSE, damaged, stated, streamed
from benchmarks.registers import Register, register, texts
from benchmarks.worlds import MAKERS, Array, World, describe, world
from tracemark.marking import fold_serial

__all__ = [
    "ABSENT", "DAMAGES", "MAKERS", "Recovery", "Register", "World", "recoveries", "register", "stream", "world",
]  # fmt: skip

ABSENT = 0.15
NEIGHBOURS = 0.2
STEP = 0.12
"""How probably a neighbour is no farther along the run than it is already: most are less than a dozen numbers away."""
SHOWN = 0.5
"""Of weapons marked in another script, the share whose reading is written in it, and not in Latin signs."""

_CYRILLIC = {fold_serial(sign): sign for sign in "АБВГДЕЗИКЛМНОПРСТУФХЮ" if len(fold_serial(sign)) == 1}
_ARABIC = dict(zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True))
_SCRIPTS: tuple[dict[str, str], ...] = (
    {},
    {sign: written for sign, written in _CYRILLIC.items() if sign.isalpha()},
    _ARABIC,
)


@dataclass(frozen=True)
class Recovery:
    """A reading of a weapon; `weapon` is -1 where the register does not hold it, `stated` -1 where nothing was said.

    `origin` is `register`, `stranger` or `neighbour`. `text` is as the examiner wrote it, `folded` in signs of the
    register, with `?` for one unreadable place and `*` for any number of them.
    """

    damage: str
    text: str
    stated: tuple[int, ...]
    weapon: int
    origin: str = "register"

    @property
    def folded(self) -> str:
        return "".join(part if part in "?*" else fold_serial(part) for part in re.split(r"([?*])", self.text) if part)


def recoveries(of: World, registered: Register, each: int, seed: int) -> list[Recovery]:
    """Draw so many recovered weapons of every class of damage, in any order."""
    chance = np.random.default_rng([seed, 4])
    damages = chance.permutation(np.repeat(DAMAGES, each)).tolist()
    found = []
    for damage, (row, origin, number, truth) in zip(damages, _drawn(of, registered, len(damages), chance), strict=True):
        text = _shown(of, int(truth[0]), damaged(number, damage, chance), chance)
        statement = stated(of, truth, WORSE if damage in HEAVY else LIGHT, chance)
        found.append(Recovery(damage, text, statement, row, origin))
    return found


def stream(of: World, registered: Register, count: int, seed: int, rate: float = 1.0) -> list[Recovery]:
    """Draw recovered weapons as they come, with errors that no reading tells of `rate` times as frequent as usual."""
    chance = np.random.default_rng([seed, 5])
    found = []
    for row, origin, number, truth in _drawn(of, registered, count, chance):
        text = _shown(of, int(truth[0]), streamed(number, rate, chance), chance)
        found.append(Recovery("stream", text, stated(of, truth, LIGHT, chance), row, origin))
    return found


Drawn = tuple[int, str, str, Array]


def _drawn(of: World, registered: Register, count: int, chance: np.random.Generator) -> Iterator[Drawn]:
    """Yield row of the register or -1, origin, true serial and true attributes of so many weapons."""
    rows = chance.integers(0, len(registered.weapons), count)
    draw = chance.random(count)
    origins = np.where(draw >= ABSENT, "register", np.where(draw < ABSENT * NEIGHBOURS, "neighbour", "stranger"))
    weapons = registered.weapons[rows]
    for place in np.flatnonzero(origins == "stranger").tolist():
        weapons[place] = _stranger(of, registered, chance)
    for place in np.flatnonzero(origins == "neighbour").tolist():
        weapons[place] = _neighbour(of, registered, chance)
    codes, truth = describe(of, weapons)
    rows = np.where(origins == "register", rows, -1)
    return zip(rows.tolist(), origins.tolist(), texts(codes), truth, strict=True)


def _stranger(of: World, registered: Register, chance: np.random.Generator) -> int:
    while True:
        weapons = chance.integers(0, of.size, 16)
        free = weapons[~registered.holds(weapons)]
        if len(free):
            return int(free[0])


def _neighbour(of: World, registered: Register, chance: np.random.Generator) -> int:
    """Return a weapon not held, of the same model as one that is and mostly less than a dozen numbers away."""
    while True:
        near = registered.weapons[chance.integers(0, len(registered.weapons), 16)]
        weapons = near + chance.geometric(STEP, 16) * chance.choice([-1, 1], 16)
        model, other = (np.searchsorted(of.firsts, each, "right") for each in (near, weapons))
        free = weapons[(model == other) & ~registered.holds(weapons)]
        if len(free):
            return int(free[0])


def _shown(of: World, maker: int, text: str, chance: np.random.Generator) -> str:
    """Write a reading in the script of its maker, or not."""
    signs = _SCRIPTS[of.scripts[maker]] if chance.random() < SHOWN else {}
    return "".join(signs.get(sign, sign) for sign in text)
