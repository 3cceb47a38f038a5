from collections.abc import Mapping
from decimal import Decimal

from tracemark.kernel import Plain
from tracemark.wording.sentences import has_sentence, number_text, sentence

_FAMILIES = {
    "answer": "reporting.answer",
    "target": "targets.outlook",
    "activity": "targets.status",
    "part": "review.standing",
    "addressed": "review.addressed",
}


def meeting_text(kind: str, number: int, *, to: str = "en") -> str:
    """Name a meeting of States by its kind and its number among those."""
    return sentence(f"review.meeting_{kind}", {"number": str(number)}, to=to)


def counted_text(name: str, *, to: str = "en") -> str:
    """Name what a number is of: a figure, or a count of what a node keeps."""
    code = f"review.count_{name}"
    return sentence(code if has_sentence(code) else f"figures.{name}", to=to)


def basis_text(told: Mapping[str, Plain], *, to: str = "en") -> str:
    """Say one thing that a State's standing with an undertaking rests on, as its `plain` tells it."""
    kind, ref, said = (str(told[each]) for each in ("kind", "ref", "said"))
    if kind in ("number", "share"):
        facts = {"name": counted_text(ref, to=to), "value": number_text(Decimal(said), to=to)}
        return sentence(f"review.basis_{kind}", facts, to=to)
    code = f"{_FAMILIES.get(kind, '')}_{said}"
    return sentence(
        f"review.basis_{kind}", {"ref": ref, "said": sentence(code, to=to) if has_sentence(code) else said}, to=to
    )
