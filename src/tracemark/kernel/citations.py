import re
from dataclasses import dataclass

_SHAPE = re.compile(r"(?P<instrument>[A-Za-z0-9][\w./-]*) (?P<paragraph>[\w.-]+)(?:\((?P<item>[\w.)(-]+)\))?")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A paragraph of an instrument, such as ITI 8(b), PoA II.7, FP 8(1)(a) or EU/2019/68 annex-1."""

    instrument: str
    paragraph: str
    item: str = ""

    def __str__(self) -> str:
        return f"{self.instrument} {self.paragraph}" + (f"({self.item})" if self.item else "")


def cite(text: str) -> Citation:
    """Read `"ITI 8(b)"` into a Citation.

    Raises:
        ValueError: the text is not an instrument followed by a paragraph.
    """
    found = _SHAPE.fullmatch(text)
    if not found:
        raise ValueError(f"not a citation: {text!r}")
    return Citation(found["instrument"], found["paragraph"], found["item"] or "")
