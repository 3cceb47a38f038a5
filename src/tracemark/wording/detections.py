from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracemark.kernel import PartialDate
from tracemark.weapons import entry_name, weapon_text
from tracemark.wording.sentences import date_text, has_sentence, holder_text, isolated, sentence
from tracemark.wording.states import state_text

if TYPE_CHECKING:
    # Rules are heavy to load, and a command that finds nothing says nothing of them.
    from tracemark.diversion import Signal

_HOLDERS = frozenset({"holder", "from_holder", "to_holder", "dealer"})
_ENTRIES = {"maker": "makers", "model": "models"}
_STATES = frozenset({"to_state", "from_state", "mark_state"})


def signal_text(signal: "Signal", names: Mapping[str, str] | None = None, *, to: str = "en") -> str:
    """Say what a rule found, in a sentence. `names` are those of agencies, by code."""
    facts = {name: _said(name, value, names or {}, to) for name, value in (signal.facts or {}).items()}
    about = {"weapons": list(signal.weapons[:_NAMED]), "weapon": next(iter(signal.weapons), 0), "place": signal.place}
    happened = {"happened": _date(signal.when, to)} if signal.when else {}
    count = facts.get("count", len(signal.weapons))
    said: dict[str, object] = {**about, **happened, **facts, "count": count}
    if not has_sentence(f"diversion.{signal.rule}"):
        listed = [*map(weapon_text, signal.weapons[:_NAMED]), *(f"{name} {value}" for name, value in facts.items())]
        return sentence("wording.own_signal", {**said, "rule": signal.rule, "told": ", ".join(listed)}, to=to)
    return sentence(f"diversion.{signal.rule}", said, to=to)


def rule_title(rule: str, *, to: str = "en") -> str:
    """Return what a rule is called; one of a State's own is called by its code."""
    code = f"diversion.rule_{rule}"
    return sentence(code, to=to) if has_sentence(code) else rule


def innocent_text(signal: "Signal", *, to: str = "en") -> str:
    """Say what else may be behind a signal."""
    own = f"diversion.{signal.rule}_innocent"
    return sentence(own if has_sentence(own) else "wording.own_signal_innocent", to=to)


def _said(name: str, value: object, names: Mapping[str, str], to: str) -> object:
    if name in _HOLDERS:
        return holder_text(str(value), names, to=to)
    if name in _STATES:
        return state_text(str(value), to=to)
    if name in _ENTRIES:
        return isolated(entry_name(_ENTRIES[name], str(value)), to=to)
    return _date(str(value), to) if name.endswith("_on") else value


def _date(text: str, to: str) -> str:
    try:
        return date_text(PartialDate.parse(text), to=to)
    except ValueError:
        return text


_NAMED = 8
