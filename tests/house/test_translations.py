"""Every finding can be said, and no language says what English does not."""

from string import Formatter

import pytest

from tests.house.test_citations import rules
from tracemark.wording import LANGUAGES, has_sentence, sentence_codes


def facts_named(entry: str | dict[str, str]) -> set[str]:
    """Return the names in braces, over all plural forms."""
    forms = entry.values() if isinstance(entry, dict) else [entry]
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def test_every_rule_has_a_sentence_in_english() -> None:
    assert sorted(rule.code for rule in rules().values() if not has_sentence(rule.code)) == []


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_a_language_says_only_what_english_says_and_with_the_same_facts(code: str) -> None:
    english = dict(sentence_codes("en"))
    # A plural form may leave its number out: "one weapon".
    strays = [
        key
        for key, entry in sentence_codes(code)
        if key not in english or (facts_named(entry) ^ facts_named(english[key])) - {"count"}
    ]
    assert strays == []
