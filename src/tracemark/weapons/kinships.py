from functools import cache

from tracemark.weapons.catalogues import Catalogue, catalogue

_NEARLY_ONE_BORE_MM = 0.15


@cache
def relatives(column: str, code: str) -> frozenset[str]:
    """Return the entries that are often stated, or recorded, where another is meant.

    `column` is maker, model, calibre, country, kind or import_country. Calibres of nearly one bore and of one family
    are taken for one another, kinds of one NCIC type, as pistol and revolver, models of a maker that share kind and
    calibre, makers that share a name, and a former State and its successors. Empty where the catalogue does not know
    the code.
    """
    known = catalogue()
    found = _FINDERS[column](known, code) if column in _FINDERS else set()
    return frozenset(found - {code})


def _calibres(known: Catalogue, code: str) -> set[str]:
    own = known.calibres.get(code)
    if own is None or not own.bore_mm:
        return set()
    family = (each for each in known.calibres.values() if each.family == own.family and each.bore_mm)
    return {each.code for each in family if abs(float(each.bore_mm) - float(own.bore_mm)) <= _NEARLY_ONE_BORE_MM}


def _kinds(known: Catalogue, code: str) -> set[str]:
    own = known.kinds.get(code)
    if own is None or not own.ncic:
        return set()
    return {each.code for each in known.kinds.values() if each.ncic == own.ncic}


def _models(known: Catalogue, code: str) -> set[str]:
    own = known.models.get(code)
    if own is None:
        return set()
    alike = (each for each in known.models_of(own.maker) if each.kind == own.kind)
    return {each.code for each in alike if set(each.calibres) & set(own.calibres)}


def _makers(known: Catalogue, code: str) -> set[str]:
    return {each for codes in _shared_by_makers(known) if code in codes for each in codes}


@cache
def _shared_by_makers(known: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Return the makers that share a name, name by name: it takes milliseconds, and every trace asks."""
    return tuple(known.shared_names()["makers"].values())


def _states(known: Catalogue, code: str) -> set[str]:
    own = known.states.get(code)
    followed = set(own.successors) if own else set()
    return followed | {each.code for each in known.states.values() if code in each.successors}


_FINDERS = {
    "maker": _makers,
    "model": _models,
    "calibre": _calibres,
    "country": _states,
    "kind": _kinds,
    "import_country": _states,
}
