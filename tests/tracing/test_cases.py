from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import canonical_bytes
from tracemark.tracing import ComponentReading, Judgement, Priority, TraceCase, TraceRequest, Verdict
from tracemark.tracing.cases import CaseState
from tracemark.weapons import WeaponId

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
requests = st.builds(
    TraceRequest,
    recovered=st.just(WeaponId(3)),
    readings=st.lists(st.builds(ComponentReading, texts, texts, texts), max_size=3).map(tuple),
    purpose=texts,
    illicit_because=st.lists(texts, max_size=2).map(tuple),
    maker=texts,
    year=st.none() | st.integers(1800, 2100),
    priority=st.sampled_from(Priority),
)


@given(requests)
def test_a_request_survives_being_recorded(request: TraceRequest) -> None:
    plain = request.plain()
    assert TraceRequest.of_plain(WeaponId(3), plain) == request
    assert canonical_bytes({"request": plain})


def test_the_last_judgement_on_a_candidate_counts() -> None:
    def judged(*verdicts: Verdict) -> TraceCase:
        judgements = tuple(Judgement(WeaponId(5), verdict, "officer") for verdict in verdicts)
        request = TraceRequest(WeaponId(3), (), "")
        return TraceCase("T-1", request, CaseState.OPEN, "", "", "", judgements)

    assert judged(Verdict.UNSURE, Verdict.SAME).identified_as == 5
    assert judged(Verdict.SAME, Verdict.DIFFERENT).identified_as is None
