from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tracemark.kernel import NotCanonical, canonical_bytes, fingerprint

texts = st.text(st.characters(exclude_categories=["Cs"]))
integers = st.integers(-(2**53) + 1, 2**53 - 1)
keys = st.text(st.characters(max_codepoint=127))
plain = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, plain, max_size=5))
def test_agrees_with_an_independent_rfc_8785(value: dict[str, Any]) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)


def test_one_value_has_one_byte_string_whatever_the_order_of_its_keys() -> None:
    assert canonical_bytes({"b": 1, "a": "ž"}) == canonical_bytes({"a": "ž", "b": 1}) == '{"a":"ž","b":1}'.encode()


@pytest.mark.parametrize(
    "value",
    [{"a": 0.5}, {"a": [1, {"b": 2.0}]}, {"a": 2**53}, {"é": 1}, {"a": "\ud800"}, {"a": object()}, {"a": {1: 2}}],
)
def test_refuses_what_has_no_canonical_form(value: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


def test_fingerprint_is_sha_256_of_the_canonical_bytes() -> None:
    assert fingerprint({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
