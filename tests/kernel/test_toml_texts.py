import pytest

from tracemark.kernel import NotToml, toml_tables


def test_toml_is_read() -> None:
    assert toml_tables("a = 1\n[b]\nc = 'd'") == {"a": 1, "b": {"c": "d"}}


@pytest.mark.parametrize(
    ("text", "fault", "place"),
    [
        ("a = 1\na = 2", "twice", (2, 6)),
        ("[a]\n[a]", "twice", (2, 3)),
        ("a = {b = 1, b = 2}", "twice", (1, 18)),
        ('a = "b', "unclosed", (1, 7)),
        ("a = 'b", "unclosed", (1, 7)),
        ("a = [1, 2", "unclosed", (1, 10)),
        ("[a", "unclosed", (1, 3)),
        ("[[a", "unclosed", (1, 4)),
        ("a 1", "equals", (1, 3)),
        ("a = 1 b = 2", "more", (1, 7)),
        ("= 1", "statement", (1, 1)),
        ("a = b", "value", (1, 5)),
        ("a = 1\nb = ", "value", (2, 5)),
        ("a = 2026-02-31", "value", (1, 5)),
        ('a = "\\d"', "character", (1, 8)),
        ('a = "b\x00"', "character", (1, 7)),
    ],
)
def test_what_is_no_toml_says_what_is_wrong_and_where(text: str, fault: str, place: tuple[int, int]) -> None:
    with pytest.raises(NotToml) as refused:
        toml_tables(text)
    assert (refused.value.fault, (refused.value.line, refused.value.column)) == (fault, place)
    assert refused.value.facts == {"line": place[0], "column": place[1], "fault": fault}
