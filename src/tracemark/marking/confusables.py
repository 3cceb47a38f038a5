import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tracemark.marking.serials import fold_serial, look_alike_key


def resembles(sign: str) -> str:
    """Return the folded signs that a written sign looks like, in order, without those it is folded to.

    A Cyrillic З folds to Z, by its sound, and looks like 3, E, Z and 8. For ASCII, and for what nobody listed, "": how
    Latin letters and digits are misread for one another is data of matching.
    """
    return "".join(sorted(set(_listed().get(sign.upper(), "")) - set(fold_serial(sign))))


def look_alike(one: str, other: str) -> bool:
    """Tell whether two signs, as they are written, are different and may be taken for one another."""
    left, right = fold_serial(one), fold_serial(other)
    if not left or not right or left == right:
        return False
    keys = [
        {look_alike_key(each) for each in (folded, *resembles(sign))} for folded, sign in ((left, one), (right, other))
    ]
    return bool(keys[0] & keys[1])


@cache
def _listed() -> Mapping[str, str]:
    """Return what each sign outside ASCII looks like, from `confusables.csv`.

    Rows of source `unicode` restate single pairs of Unicode's confusables.txt (Unicode Technical Standard 39; Copyright
    Unicode, Inc., Unicode License V3); rows of source `field` are this project's own, from how stamped marks are
    misread. `confidence` says how far to trust a row.
    """
    found: dict[str, str] = {}
    for row in csv.DictReader((files("tracemark.marking") / "confusables.csv").read_text("utf-8").splitlines()):
        found[row["sign"]] = found.get(row["sign"], "") + row["like"]
    return found
