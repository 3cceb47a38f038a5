from datetime import date
from decimal import Decimal

import pytest

from tracemark.kernel import Finding, PartialDate, cite
from tracemark.wording import (
    LANGUAGES,
    UnknownSentence,
    date_text,
    finding_sentence,
    finding_text,
    has_sentence,
    holder_text,
    number_text,
    sentence,
    sentence_codes,
)

SWAPPED = "tracing.serial_swapped"


@pytest.mark.parametrize(
    ("to", "count", "said"),
    [
        ("en", 1, "1 pair swapped"),
        ("en", 2, "2 pairs swapped"),
        ("fr", 0, "0 paire intervertie"),
        ("fr", 2, "2 paires interverties"),
        ("es", 1, "1 par intercambiado"),
        ("es", 5, "5 pares intercambiados"),
        ("ru", 1, "1 пара переставлена"),
        ("ru", 3, "3 пары переставлены"),
        ("ru", 5, "5 пар переставлены"),
        ("ru", 21, "21 пара переставлена"),
        ("ar", 0, "لا زوج مبدَّل"),
        ("ar", 1, "زوج واحد مبدَّل"),
        ("ar", 2, "زوجان مبدَّلان"),
        ("ar", 3, "3 أزواج مبدَّلة"),
        ("ar", 11, "11 زوجا مبدَّلا"),
        ("ar", 100, "100 زوج مبدَّل"),
        ("zh-hans", 1, "1 对位置互换"),
        ("zh-hans", 2, "2 对位置互换"),
    ],
)
def test_the_number_chooses_the_plural_form_of_the_language(to: str, count: int, said: str) -> None:
    assert sentence(SWAPPED, {"count": count}, to=to) == said


def test_a_missing_fact_stays_in_braces() -> None:
    assert sentence("recordkeeping.fault_changed", {}) == "Event {event} was changed after it was sealed."


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    assert sentence("documents.lawful_yes", to="de") == "yes"


def test_a_code_that_nobody_put_into_words_is_refused() -> None:
    with pytest.raises(UnknownSentence):
        sentence("documents.nothing_like_it", to="fr")


def test_a_fact_that_is_a_code_is_said_in_the_language() -> None:
    facts = {"kind": "issued", "after": "destroyed"}
    assert sentence("recordkeeping.impossible_sequence", facts) == "“Issued” cannot follow the status “Destroyed”."
    said = "«Entregada en dotación» no puede seguir a la situación «Destruida»."
    assert sentence("recordkeeping.impossible_sequence", facts, to="es") == said


def test_a_list_is_joined_as_the_language_does() -> None:
    facts = {"parts": ["barrel", "slide"]}
    assert (
        sentence("marking.other_parts_unmarked", facts, to="zh-hans") == "以下部件没有标识：枪管、套筒。鼓励一并标识。"
    )


def test_a_word_of_no_list_says_itself() -> None:
    said = sentence("marking.plate_not_assessed", {"part": "trigger"})
    assert said.startswith("Nobody has noted whether the component has a metal plate for its mark: trigger.")


def test_an_identity_and_a_position_are_not_grouped_as_amounts_are() -> None:
    assert "W-1234567 " in sentence("tracing.not_recovered", {"weapon": 1234567})
    assert sentence("recordkeeping.fault_changed", {"event": 1234567}).startswith("Event 1234567 ")
    assert sentence("cli.verified", {"count": 1234567}).startswith("Verified: 1,234,567 events")


def test_a_day_is_written_as_the_language_writes_it_and_other_text_as_it_is() -> None:
    facts = {"until": "2026-05-01", "since": "2026-06", "field": "valid_until"}
    assert sentence("transfers.validity_reversed", facts).startswith(
        "The last day, 1 May 2026, lies before the first, Jun"
    )
    assert "next week" in sentence("web.sites.late_one", {"due": "next week"})


def test_foreign_words_keep_their_direction_in_arabic() -> None:
    said = sentence("authorities.out_of_sight", {"authority": "XT-POL-1"}, to="ar")
    assert "\u2068XT-POL-1\u2069" in said


def test_a_finding_names_its_paragraph() -> None:
    finding = Finding("tracing.kind_missing", cite("ITI 17(b)"))
    assert finding_text(finding).endswith(" (ITI 17(b))")
    assert finding_text(finding) == f"{finding_sentence(finding)} (ITI 17(b))"


def test_a_law_of_ones_own_is_said_by_its_criterion() -> None:
    facts = {"criterion": "min_depth_mm", "texts": ["A1"], "required_mm": "0.1", "measured_mm": ["0.05"]}
    finding = Finding("marking.xt_depth", cite("XT/1 1"), facts)
    said = "The mark is 0.05 mm deep (“A1”); the law of this State requires 0.1 mm."
    assert finding_sentence(finding) == said


def test_a_rule_of_ones_own_without_a_criterion_shows_its_facts() -> None:
    finding = Finding("marking.xt_colour", cite("XT/1 2"), {"colour": "red"})
    assert finding_sentence(finding) == "Does not meet the rule marking.xt_colour: colour: red."


def test_an_agency_is_named_and_a_private_person_by_the_beginning_of_the_commitment() -> None:
    assert holder_text("XT-POL-1") == "XT-POL-1"
    assert holder_text("XT-POL-1", {"XT-POL-1": "Police district"}) == "Police district (XT-POL-1)"
    assert holder_text("XT-POL-1/unit-2", {"XT-POL-1": "Police district"}) == "Police district (XT-POL-1/unit-2)"
    assert holder_text("person:0123456789abcdef") == "a private person (01234567…)"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("en", "1,234,567"),
        ("fr", "1\u202f234\u202f567"),
        ("es", "1.234.567"),
        ("ru", "1\u00a0234\u00a0567"),
        ("zh-hans", "1,234,567"),
    ],
)
def test_a_number_is_grouped_as_the_language_does(to: str, said: str) -> None:
    assert number_text(1234567, to=to) == said


@pytest.mark.parametrize(
    ("when", "to", "said"),
    [
        (PartialDate(2019, 5, 17), "en", "17 May 2019"),
        (PartialDate(2019, 5), "en", "May 2019"),
        (PartialDate(2019), "en", "2019"),
        (date(2019, 5, 17), "fr", "17 mai 2019"),
        (PartialDate(2019, 5, 17), "es", "17 may 2019"),
        (PartialDate(2019, 5, 17), "ru", "17 мая 2019"),
        (PartialDate(2019), "zh-hans", "2019年"),
    ],
)
def test_a_date_is_written_to_the_part_that_is_known(when: PartialDate | date, to: str, said: str) -> None:
    assert date_text(when, to=to) == said


@pytest.mark.parametrize(
    ("to", "row", "said"),
    [
        ("en", "2", "row 2"),
        ("en", "activity 3", "table [[activity]] no. 3"),
        ("en", "policy.merits", "part policy.merits"),
        ("fr", "activity 3", "table [[activity]] n° 3"),
        ("es", "activity 3", "tabla [[activity]] n.º 3"),
        ("ru", "activity 3", "таблица [[activity]] № 3"),
        ("ar", "activity 3", "الجدول \u2068[[activity]]\u2069 رقم \u20683\u2069"),
        ("zh-hans", "activity 3", "第 3 个 [[activity]] 表"),
        ("zh-hans", "2", "第 2 行"),
    ],
)
def test_a_place_in_a_file_is_said_as_its_writer_finds_it(to: str, row: str, said: str) -> None:
    told = sentence("targets.field_missing", {"file": "plan.toml", "row": row, "field": "owner"}, to=to)
    assert said in told


def test_a_fact_of_any_other_kind_says_itself() -> None:
    assert sentence("web.weapon.depth", {"mm": Decimal("0.08")}) == "0.08 mm deep"


@pytest.mark.parametrize("to", [each.code for each in LANGUAGES])
def test_a_language_says_all_that_english_says(to: str) -> None:
    assert [code for code, _ in sentence_codes("en") if not has_sentence(code, to=to)] == []


@pytest.mark.parametrize("to", [each.code for each in LANGUAGES])
def test_a_sentence_with_a_number_has_every_form_that_whole_numbers_ask_for(to: str) -> None:
    needed = {
        "ar": {"zero", "one", "two", "few", "many", "other"},
        "ru": {"one", "few", "many", "other"},
        "zh-hans": {"other"},
    }.get(to, {"one", "other"})
    counted = {code: entry for code, entry in sentence_codes(to) if isinstance(entry, dict)}
    assert [code for code, entry in counted.items() if entry.keys() != needed] == []
    english = {code for code, entry in sentence_codes("en") if isinstance(entry, dict)}
    assert counted.keys() == english


@pytest.mark.parametrize(
    ("when", "said"), [("2006-07-25", "2006年7月25日"), ("2006-07", "2006年7月"), ("2006", "2006年")]
)
def test_a_chinese_date_runs_from_year_to_day(when: str, said: str) -> None:
    assert date_text(PartialDate.parse(when), to="zh-hans") == said
