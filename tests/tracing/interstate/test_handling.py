from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.tracing import Handling, Onward, Purpose
from tracemark.tracing.interstate.handling import onward_findings, use_findings

TODAY = date(2026, 5, 6)
CODES = st.builds(Handling, st.frozensets(st.sampled_from(Purpose)), st.sampled_from(Onward), st.none() | st.dates())


@given(CODES)
def test_a_code_is_read_as_it_was_written(handling: Handling) -> None:
    assert Handling.of_plain(handling.plain()) == handling


def test_iti_15_b_a_datum_is_used_for_its_purposes_and_until_its_day() -> None:
    handling = Handling(frozenset({Purpose.TRACING}), Onward.NEVER, date(2026, 5, 6))
    assert use_findings(handling, Purpose.TRACING, "exported_to", TODAY) == []
    other = use_findings(handling, Purpose.PROSECUTION, "exported_to", TODAY)
    later = use_findings(handling, Purpose.TRACING, "exported_to", date(2026, 5, 7))
    assert [each.code for each in (*other, *later)] == ["tracing.datum_purpose", "tracing.datum_expired"]


@pytest.mark.parametrize(
    ("onward", "consented", "passes"),
    [
        (Onward.FREELY, False, True),
        (Onward.WITH_CONSENT, False, False),
        (Onward.WITH_CONSENT, True, True),
        (Onward.NEVER, True, False),
    ],
)
def test_iti_15_c_a_datum_goes_to_nobody_else_without_consent(onward: Onward, *, consented: bool, passes: bool) -> None:
    found = onward_findings(Handling(onward=onward), "exported_to", TODAY, consented=consented)
    assert [each.code for each in found] == ([] if passes else ["tracing.datum_onward"])
