from dataclasses import replace

import pytest

from tracemark.kernel import findings
from tracemark.tracing import COMPLETENESS_RULES, ComponentReading, Priority, TraceRequest
from tracemark.weapons import WeaponId

WHOLE = TraceRequest(
    recovered=WeaponId(3),
    readings=(ComponentReading("AB?0?47", "frame"),),
    purpose="criminal investigation",
    illicit_because=("unauthorised_transfer",),
    legal_basis="Firearms Act, section 12",
    circumstances="vehicle check",
    kind="pistol",
    maker="ourmaker",
    calibre="9x19",
)


def test_iti_17_a_whole_request_lacks_nothing() -> None:
    assert findings(COMPLETENESS_RULES, WHOLE) == []


@pytest.mark.parametrize(
    ("change", "code", "paragraph"),
    [
        ({"illicit_because": ()}, "tracing.grounds_missing", "ITI 17(a)"),
        ({"legal_basis": " "}, "tracing.legal_basis_missing", "ITI 17(a)"),
        ({"circumstances": ""}, "tracing.circumstances_missing", "ITI 17(a)"),
        ({"readings": (ComponentReading("???"),)}, "tracing.marks_missing", "ITI 17(b)"),
        ({"readings": (ComponentReading("illisible"),)}, "tracing.marks_missing", "ITI 17(b)"),
        ({"kind": ""}, "tracing.kind_missing", "ITI 17(b)"),
        ({"calibre": ""}, "tracing.calibre_missing", "ITI 17(b)"),
        ({"maker": ""}, "tracing.maker_missing", "ITI 17(b)"),
        ({"purpose": ""}, "tracing.purpose_missing", "ITI 17(c)"),
        ({"priority": Priority.URGENT}, "tracing.urgency_unexplained", "ITI 18"),
    ],
)
def test_iti_17_what_a_request_lacks_is_named(change: dict[str, object], code: str, paragraph: str) -> None:
    lacking = findings(COMPLETENESS_RULES, replace(WHOLE, **change))  # type: ignore[arg-type]
    assert [(finding.code, str(finding.source)) for finding in lacking] == [(code, paragraph)]


def test_iti_17b_a_model_says_the_kind_and_a_country_stands_for_the_maker() -> None:
    assert findings(COMPLETENESS_RULES, replace(WHOLE, kind="", model="ourmaker/m1", maker="", country="XU")) == []
