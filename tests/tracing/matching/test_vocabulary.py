import pytest

from tracemark.tracing.matching.readings import Means
from tracemark.tracing.matching.vocabulary import LANGUAGES, Meaning, Sort, entries, folded_word, phrase_of, vocabulary
from tracemark.weapons import Part

IN_TWO_SORTS = {"un", "une", "una", "dos", "um", "uma"}
"""Articles that are numbers as well: which sort holds changes nothing but a count."""


def test_every_part_and_method_has_words_in_every_language() -> None:
    named = {each.meaning for each in entries() if all(each.words[language] for language in LANGUAGES)}
    wanted = {Meaning(Sort.PART, part.value) for part in Part}
    wanted |= {Meaning(Sort.METHOD, means.value) for means in Means if means}
    assert wanted - named == set()


def test_every_part_and_method_with_words_is_known() -> None:
    values = {sort: {each.meaning.value for each in entries() if each.meaning.sort is sort} for sort in Sort}
    assert (values[Sort.PART], values[Sort.METHOD]) == (
        {part.value for part in Part},
        {means.value for means in Means if means},
    )


def test_no_phrase_has_two_meanings() -> None:
    found: dict[tuple[str, ...], set[Meaning]] = {}
    for entry in entries():
        for words in entry.words.values():
            for word in words:
                found.setdefault(phrase_of(word), set()).add(entry.meaning)
    assert {" ".join(phrase) for phrase, meanings in found.items() if len(meanings) > 1} == IN_TWO_SORTS


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Illisible", "illisible"), ("ДЕТАЛЬ", "деталь"), ("стёрт", "стерт"), ("مقـــروءة", "مقروءة"), ("é", "e")],
)
def test_a_word_counts_in_any_case_and_without_accents(written: str, folded: str) -> None:
    assert folded_word(written) == folded


def test_a_phrase_is_its_words() -> None:
    assert vocabulary()[phrase_of("à l’œil nu")] == Meaning(Sort.METHOD, "eye")
    assert phrase_of("Magneto-Optical") == ("magneto", "optical")


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("obliterada", Meaning(Sort.DAMAGE)),
        ("suprimidos", Meaning(Sort.DAMAGE)),
        ("oblitérées", Meaning(Sort.DAMAGE)),
        ("сбиты", Meaning(Sort.DAMAGE)),
        ("وعلى", Meaning(Sort.FILLER)),
    ],
)
def test_words_are_known_in_another_gender_and_number_and_with_what_is_written_against_them(
    written: str, meaning: Meaning
) -> None:
    assert vocabulary()[phrase_of(written)] == meaning
