import pytest

from tracemark.tracing.matching import find_symbol, maker_symbols
from tracemark.tracing.matching.vocabulary import LANGUAGES, phrase_of
from tracemark.weapons import catalogue


def test_every_maker_of_a_symbol_is_in_the_catalogue() -> None:
    makers = [maker for symbol in maker_symbols().values() for maker in symbol.makers]
    assert [each.code for each in makers if each.code not in catalogue().makers] == []
    assert {each.confidence for each in makers} <= {"high", "medium", "low"}
    assert [each for each in makers if "-" not in each.used] == []


def test_every_symbol_has_a_name_of_its_own_in_every_language() -> None:
    names = [
        (phrase_of(name), each.code) for each in maker_symbols().values() for of in each.names.values() for name in of
    ]
    owners: dict[tuple[str, ...], set[str]] = {}
    for phrase, code in names:
        owners.setdefault(phrase, set()).add(code)
    assert [phrase for phrase, codes in owners.items() if len(codes) > 1] == []
    assert [
        each.code for each in maker_symbols().values() if not all(each.names[language] for language in LANGUAGES)
    ] == []


@pytest.mark.parametrize(
    ("name", "code"), [("Star", "star"), ("стрела в треугольнике", "arrow_in_triangle"), ("三角26", "triangle_26")]
)
def test_a_symbol_is_found_by_name(name: str, code: str) -> None:
    found = find_symbol(name)
    assert found is not None
    assert found.code == code


def test_what_nobody_listed_is_no_symbol() -> None:
    assert find_symbol("dragon") is None
