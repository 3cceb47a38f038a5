import pytest

from tracemark.kernel import Citation, cite


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("ITI 8(b)", Citation("ITI", "8", "b")),
        ("PoA II.7", Citation("PoA", "II.7")),
        ("FP 8(1)(a)", Citation("FP", "8", "1)(a")),
        ("EU/2019/68 annex-1", Citation("EU/2019/68", "annex-1")),
        ("US/27CFR 478.92(a)(1)", Citation("US/27CFR", "478.92", "a)(1")),
    ],
)
def test_reads_and_writes_the_same(text: str, citation: Citation) -> None:
    assert cite(text) == citation
    assert str(citation) == text


@pytest.mark.parametrize("text", ["", "ITI", "ITI 8(b", "8(b) ITI (", " ITI 8"])
def test_refuses_what_is_no_citation(text: str) -> None:
    with pytest.raises(ValueError, match="not a citation"):
        cite(text)
