from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import canonical_bytes
from tracemark.weapons import Description, Origin

descriptions = st.builds(
    Description,
    kind=st.sampled_from(["", "pistol"]),
    maker=st.sampled_from(["", "glock"]),
    model=st.sampled_from(["", "glock/19"]),
    calibre=st.sampled_from(["", "9x19"]),
    country=st.sampled_from(["", "AT"]),
    year=st.none() | st.integers(1700, 2100),
    origin=st.sampled_from(Origin),
    unmarked_because=st.sampled_from(["", "worn"]),
    as_written=st.none() | st.dictionaries(st.sampled_from(["maker", "model"]), st.text(max_size=9), min_size=1),
)


@given(descriptions)
def test_the_plain_form_is_read_back(description: Description) -> None:
    assert Description.of_plain(description.plain()) == description


def test_what_is_unknown_is_left_out_of_the_record() -> None:
    assert canonical_bytes(Description(maker="glock").plain()) == b'{"maker":"glock"}'
