from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from tracemark.kernel import Finding, Plain, Refused, cite
from tracemark.tracing.cases import TraceRequest
from tracemark.tracing.interstate.answers import StateAnswer
from tracemark.tracing.interstate.handling import Handling
from tracemark.tracing.interstate.requests import Because
from tracemark.tracing.recoveries import Ground
from tracemark.weapons import NO_WEAPON

ASKED = "tracemark.trace-request/1"
ACKNOWLEDGED = "tracemark.trace-acknowledgement/1"
RETURNED = "tracemark.trace-return/1"
SUPPLIED = "tracemark.trace-supplement/1"
REMINDED = "tracemark.trace-reminder/1"
ANSWERED = "tracemark.trace-answer/1"
CLARIFIED = "tracemark.trace-clarification/1"
CLOSED = "tracemark.trace-closure/1"
LOOKED = "tracemark.trace-readers-asked/1"
READERS = "tracemark.trace-readers/1"
CONSENT_ASKED = "tracemark.trace-consent-asked/1"
CONSENTED = "tracemark.trace-consent/1"

TELLS = (
    "purpose",
    "legal_basis",
    "circumstances",
    "kind",
    "maker",
    "model",
    "calibre",
    "country",
    "import_country",
    "year",
    "urgent_because",
    "confidentiality_limits",
    "illicit_because",
    "priority",
    "readings",
)
"""What of a request leaves the node: what ITI 16 and 17 ask. The examiner's own words stay at home."""

_LONGEST_TEXT, _MOST, _DEEPEST = 4_000, 60, 6
Found = TypeVar("Found")


class MessageRefused(Refused):
    """A message from another State is not what it says it is, or answers what was not asked of that State."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request that comes in says."""

    number: str
    request: TraceRequest
    handling: Handling
    because: tuple[Because, ...]
    reply_by: str


def request_told(request: TraceRequest) -> dict[str, Plain]:
    """Return what another State is told of a request: what it needs to trace, and no more. Source: ITI 17."""
    return {name: value for name, value in request.plain().items() if name in TELLS}


def asked_body(
    number: str, request: TraceRequest, handling: Handling, because: Sequence[Because], reply_by: str
) -> dict[str, Plain]:
    """Return the body of a request. Who gave us a reason stays at home; the reasons that may be told go along."""
    told: dict[str, Plain] = {
        "request": number,
        "asks": request_told(request),
        "handling": handling.plain(),
        "because": [{"code": each.code, "facts": dict(each.facts)} for each in because],
    }
    return told | ({"reply_by": reply_by} if reply_by else {})


def read_asked(body: Mapping[str, Any]) -> Asked:
    """Read the body of a request. Raises MessageRefused where it is none."""
    return _read(
        lambda: Asked(
            number=_text(body["request"]),
            request=_request(body["asks"]),
            handling=Handling.of_plain(body["handling"]),
            because=tuple(Because(_text(each["code"]), _texts(each["facts"])) for each in body["because"]),
            reply_by=_text(body.get("reply_by", "")),
        ),
        body,
    )


def read_request(body: Mapping[str, Any]) -> TraceRequest:
    """Read what a supplement asks anew. Raises MessageRefused where it asks nothing."""
    return _read(lambda: _request(body["asks"]), body)


def read_answer(body: Mapping[str, Any]) -> StateAnswer:
    """Read the body of an answer. Raises MessageRefused where it is none."""
    return _read(lambda: _answer(body["answer"]), body)


def text_in(body: Mapping[str, Any], name: str) -> str:
    """Return a text of a body, "" where it is not told. Raises MessageRefused where it is no text."""
    return _read(lambda: _text(body.get(name, "")), body)


def texts_in(body: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the texts of a list in a body. Raises MessageRefused where it is no such list."""
    return _read(lambda: tuple(map(_text, body.get(name, ()))), body)


def readers_in(body: Mapping[str, Any]) -> list[dict[str, Plain]]:
    """Return who looked, as the other State reports it. Raises MessageRefused where it reports nothing."""
    names = ("at", "authority", "purpose")
    return _read(lambda: [{name: _text(each[name]) for name in names} for each in body["readers"]], body)


def _read(read: Callable[[], Found], body: Mapping[str, Any]) -> Found:
    try:
        _within(body, _DEEPEST)
        return read()
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        facts: dict[str, Plain] = {"fault": f"{type(error).__name__}: {error}"[:200]}
        raise MessageRefused([Finding("tracing.message_unreadable", cite("ITI 17"), facts)]) from None


def _within(value: object, deep: int) -> None:
    """Let pass plain data of a size that a request or an answer has."""
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT:
            raise ValueError("a text is too long")
    elif isinstance(value, Mapping | list | tuple):
        if deep == 0 or len(value) > _MOST:
            raise ValueError("there is too much of it")
        for each in (*value, *value.values()) if isinstance(value, Mapping) else value:
            _within(each, deep - 1)
    elif value is not None and type(value) not in (bool, int):
        raise TypeError(type(value).__name__)


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _texts(value: Mapping[str, Any]) -> dict[str, Plain]:
    if not all(type(name) is str and name.isascii() for name in value):
        raise ValueError("no names of facts")
    return {name: _text(each) for name, each in value.items()}


def _request(plain: Mapping[str, Any]) -> TraceRequest:
    if strange := plain.keys() - set(TELLS):
        raise ValueError(f"unknown: {min(strange)}")
    request = TraceRequest.of_plain(NO_WEAPON, plain)
    for each in fields(request):
        if each.type in ("str", str):
            _text(getattr(request, each.name))
    for reading in request.readings:
        _text(reading.text), _text(reading.part), _text(reading.method)
    for ground in request.illicit_because:
        Ground(ground)
    if request.year is not None and type(request.year) is not int:
        raise TypeError("year")
    return request


def _answer(plain: Mapping[str, Any]) -> StateAnswer:
    answer = StateAnswer.of_plain(plain)
    for text in ("reasons", "chance", "weights", "expected_on"):
        _text(getattr(answer, text))
    for datum in answer.data:
        _text(datum.value)
    return answer
