from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import canonical_bytes
from tracemark.tracing import ComponentReading, Priority, TraceRequest
from tracemark.weapons import WeaponId

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
requests = st.builds(
    TraceRequest,
    recovered=st.just(WeaponId(3)),
    readings=st.lists(st.builds(ComponentReading, texts, texts, texts), max_size=3).map(tuple),
    purpose=texts,
    illicit_because=st.lists(texts, max_size=2).map(tuple),
    maker=texts,
    import_country=texts,
    year=st.none() | st.integers(1800, 2100),
    priority=st.sampled_from(Priority),
)


@given(requests)
def test_a_request_survives_being_recorded(request: TraceRequest) -> None:
    plain = request.plain()
    assert TraceRequest.of_plain(WeaponId(3), plain) == request
    assert canonical_bytes({"request": plain})
