from collections.abc import Iterator

from tracemark.kernel import Plain
from tracemark.recordkeeping import Amendment
from tracemark.wording.sentences import date_text, holder_text, sentence

_HOLDERS = frozenset({"holder", "from", "to", "custodian"})


def amendment_text(amendment: Amendment, *, to: str = "en") -> str:
    """Say when and by whom an event was put right, and what stood there before."""
    facts = {
        "on": date_text(amendment.correction.recorded_at.date(), to=to),
        "by": amendment.correction.event.by,
        "event": amendment.correction.position,
        "was": "; ".join(_before(amendment, to)),
    }
    return sentence("recordkeeping.amended" if amendment.after else "recordkeeping.voided", facts, to=to)


def _before(amendment: Amendment, to: str) -> Iterator[str]:
    if amendment.happened_before:
        yield date_text(amendment.happened_before, to=to)
    for name, before, _ in amendment.changes:
        yield f"{sentence(f'recordkeeping.detail_{name}', to=to)} {_said(name, before, to)}"


def _said(name: str, before: Plain, to: str) -> str:
    if name in _HOLDERS:
        return holder_text(str(before or "–"), to=to)
    return str(before or "–") if not isinstance(before, list | tuple | dict) else "…"
