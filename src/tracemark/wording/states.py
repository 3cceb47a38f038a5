import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from babel import Locale

from tracemark.weapons import entry_name
from tracemark.wording.languages import language


def state_text(code: str, *, to: str = "en") -> str:
    """Name a State of the catalogue in a language, as the United Nations does; a code nobody knows names itself."""
    chosen = language(to).code
    if chosen == "en":
        return entry_name("states", code)
    known = _written_here()[chosen].get(code)
    if known is None and code not in _NO_TERRITORIES:
        known = Locale.parse(chosen.replace("-", "_")).territories.get(code)
    return known or entry_name("states", code)


_NO_TERRITORIES = frozenset({"XA", "XB"})
"""CLDR names ways of trying out a translation under these codes; here they may be States that never were."""


@cache
def _written_here() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("tracemark.wording") / "states.toml").read_text("utf-8"))
