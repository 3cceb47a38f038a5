import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracemark.weapons import parse_scheme


@pytest.mark.parametrize(
    ("scheme", "number", "serial"),
    [
        ("LLLDDD", 0, "AAA000"),
        ("LLLDDD", 1001, "AAB001"),
        ("D{6}", 42, "000042"),
        ("'POF'-D{4}", 7, "POF-0007"),
        ("YYL-DDDDD", 100_000, "19B-00000"),
        ("CCDDDD", 10_000, "АБ0000"),
        ("IIII", 1234, "١٢٣٤"),
        ("2/D{2} ", 5, "2/05 "),
    ],
)
def test_serials_follow_the_scheme(scheme: str, number: int, serial: str) -> None:
    read = parse_scheme(scheme)
    assert read.serial(number, 2019) == serial
    assert read.fits(serial)


@given(st.integers(0, 26 * 1000 - 1), st.integers(0, 26 * 1000 - 1))
def test_different_numbers_have_different_serials(left: int, right: int) -> None:
    scheme = parse_scheme("LDDD")
    assert (scheme.serial(left) == scheme.serial(right)) == (left == right)


@pytest.mark.parametrize("serial", ["AA000", "AAAA00", "aaa000", "AAA0000", "ААА000"])
def test_another_shape_does_not_fit(serial: str) -> None:
    assert not parse_scheme("LLLDDD").fits(serial)


@pytest.mark.parametrize("number", [-1, 26_000])
def test_a_serial_beyond_the_scheme_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="has serials 0 to 25999"):
        parse_scheme("LDDD").serial(number)


@pytest.mark.parametrize("text", ["", "XDD", "D{0}", "D{", "'open", "''", "{6}"])
def test_what_is_no_scheme_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="scheme"):
        parse_scheme(text)
