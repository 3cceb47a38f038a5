"""What examiners really write, in seven languages, and what is understood of it."""

import csv
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracemark.marking import Script, fold_serial
from tracemark.tracing.matching import Certainty, Examined, Means, Place, UnreadableReading, read_mark_text
from tracemark.tracing.matching.vocabulary import entries

WORDS = sorted({word for entry in entries() for words in entry.words.values() for word in words})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.text(alphabet="ABКЖΣب٣0123456789xX-./ ", max_size=8),
    st.sampled_from(
        ["?", "*", "**", "[0O]", "(8?)", "(?)", "[", "]", "(", ")", '"', "«", ";", ", ", "\n", "=", "x = ", ":"]
    ),
    st.text(max_size=3),
)
WRITTEN = st.lists(PIECES, max_size=9).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))
ANYTHING = st.one_of(st.text(max_size=60), WRITTEN)


def covered(examined: Examined) -> set[int]:
    """Return the characters that stand in a place of a reading, or in a remark."""
    spans = [place.span for reading in examined.readings for place in reading.places]
    spans += [(remark.start, remark.end) for remark in examined.remarks]
    return {at for start, end in spans for at in range(start, end)}


def meaning(examined: Examined) -> list[tuple[object, ...]]:
    return [(each.places, each.certainty, each.part, each.means) for each in examined.readings]


@given(ANYTHING)
@example("third digit 7, 5□78")
@example("last two digits 71:  AB 4471")
@settings(max_examples=300)
def test_no_text_breaks_it_and_no_character_of_it_is_lost(text: str) -> None:
    examined = read_mark_text(text)
    lost = {at for at, each in enumerate(text) if each.isalnum()} - covered(examined)
    assert (lost, examined.text, {each.raw for each in examined.readings}) == (set(), text, {text})


@given(ANYTHING)
@settings(max_examples=300)
def test_what_was_understood_is_understood_again_without_a_question(text: str) -> None:
    examined = read_mark_text(text)
    again = read_mark_text(examined.canonical)
    assert (meaning(again), again.questions, again.canonical) == (meaning(examined), (), examined.canonical)


SIGNS = st.text(alphabet="0O1IЗB٣४北Ж?*؟[](){}«»\"'/=:.,;-_ \n", max_size=12)
LONG = st.lists(st.one_of(st.sampled_from(WORDS), SIGNS, st.characters()), max_size=80).map(" ".join)


@given(LONG)
@example("{; or ;}")
@settings(max_examples=150)
def test_nothing_legible_is_lost_in_a_whole_report(text: str) -> None:
    lost = {text[at] for at in set(range(len(text))) - covered(read_mark_text(text)) if text[at].isalnum()}
    assert lost == set()


OFTEN = (
    *(
        "A1?",
        "illegible ",
        "номер ",
        "غير ",
        "号码",
        "北",
        "(8?)",
        "[0O]",
        "(",
        "([",
        "()",
        "«",
        '"',
        "[A*",
        "xx ",
        "*",
    ),
    *("prefix ", "third digit 7, ", "以", "last two digits ", "slide and ", "frame/"),
    *("2nd, ", "2nd and ", "第3", "followed by ", "digits 2, ", "digits 2 and ", "第2、4", "then 4 "),
    *("last 3 digits ", "blorf ", "a:", "x=", "A1 or ", "o ", "не ", "HNB318 (slide) ", "A1/B2 ", "logo: star, ", "7"),
)


def steps(text: str) -> int:
    """Count the calls that reading a text takes: its work, on whatever machine."""
    count = 0

    def one_more(*_event: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        read_mark_text(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("piece", OFTEN)
def test_twice_the_text_takes_twice_the_work(piece: str) -> None:
    short, long = (steps((piece * count)[:count]) for count in (1_000, 4_000))
    assert long < 5 * short + 2_000


@pytest.mark.parametrize("piece", ["A1? ", "illegible (8?) ", "(", "7", "«ЗB» / "])
def test_a_hundred_thousand_characters_are_read_and_none_is_lost(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    lost = {at for at, each in enumerate(text) if each.isalnum()} - covered(read_mark_text(text))
    assert lost == set()


def test_brackets_within_brackets_without_end_are_read() -> None:
    text = "(" * 5_000 + "AB12" + ")" * 5_000
    assert covered(read_mark_text(text)) >= set(range(5_000, 5_004))


def written() -> list[tuple[str, str]]:
    with Path(__file__).with_name("written.csv").open(encoding="utf-8", newline="") as table:
        return [(row["written"], row["understood"]) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("text", "understood"), written())
def test_what_examiners_write_is_understood(text: str, understood: str) -> None:
    examined = read_mark_text(text)
    assert (examined.canonical, examined.questions) == (understood, ())


def test_seven_languages_are_written() -> None:
    with Path(__file__).with_name("written.csv").open(encoding="utf-8", newline="") as table:
        languages = [row["language"] for row in csv.DictReader(table)]
    assert (set(languages), len(languages) >= 155) == ({"en", "fr", "es", "pt", "ru", "ar", "zh"}, True)


@pytest.mark.parametrize(
    ("text", "code", "asked", "nearest"),
    [
        ("AA blorf 87", "tracing.question_word", "blorf", "AA*87"),
        ("AA?0?987 (blorf)", "tracing.question_word", "blorf", "AA?0?987"),
        ("ABCDE", "tracing.question_word", "ABCDE", '"ABCDE"'),
        ("المصنع", "tracing.question_word", "المصنع", '"المصنع"'),
        ("北方 12345", "tracing.question_word", "北", "*12345"),
        ("logo: dragon, 4471", "tracing.question_word", "logo: dragon", "4471"),
        ("xxx27", "tracing.question_x", "xxx27", "???27"),
        ("SN 12345", "tracing.question_label", "SN", "12345"),
        ("AB(12)34", "tracing.question_bracket", "(12)", "AB(1?)(2?)34"),
        ("HNB318 KTC902", "tracing.question_two_numbers", "HNB318 KTC902", "HNB318; KTC902"),
        ("HNB318/KTC902", "tracing.question_two_numbers", "HNB318/KTC902", "HNB318; KTC902"),
        ("A1234 (8 or B at the end)", "tracing.question_bracket", "(8 or B at the end)", "A1234*"),
        ("LWR40 (3 missing)", "tracing.question_count", "3 missing", "LWR40"),
        ("AB0/O12", "tracing.question_alternatives", "0/O", "AB[0O]12"),
        ("A0 or O7", "tracing.question_alternatives", "A0 or O7", "A[0O]7"),
        ("12345 or 99", "tracing.question_alternatives", "12345 or 99", "12345"),
        (
            "LWR40 ** (last three digits ground off)",
            "tracing.question_count",
            "last three digits ground off",
            "LWR40??",
        ),
        ("4471; ends in 88", "tracing.question_count", "ends in", "447188"),
        ("44712? last digit 38", "tracing.question_count", "last digit", "44712?38"),
        ("4471; last four digits 7712", "tracing.question_count", "last four digits", "44717712"),
        ("4471 (third digit illegible)", "tracing.question_count", "third digit illegible", "4471"),
        ("44717 (2nd and 4th digits illegible)", "tracing.question_count", "2nd", "44717"),
        ("1244（第3位不清）", "tracing.question_count", "第3位不清", "1244"),
        ("AB followed by 3 digits: 4471", "tracing.question_count", "followed by 3 digits", "AB4471"),
        ("AB12 (slide) followed by 99", "tracing.question_two_numbers", "followed by", "AB12 (slide); 99"),
        ("digits 4 and 2 illegible, 4?7?", "tracing.question_count", "digits 4", "4; 2*; 4?7?"),
        ("AB is the prefix, 4471", "tracing.question_count", "is the prefix", "AB; 4471"),
        ("slide 4471, frame same", "tracing.question_word", "same", "4471 (slide); none (frame)"),
        ("4471 none", "tracing.question_contradiction", "none", "4471"),
        ("AB12 (scratched", "tracing.question_unpaired", "(", "AB12"),
        ('AB12 "KT', "tracing.question_unpaired", '"', "AB12KT"),
        ("A[0O", "tracing.reading_bracket_not_closed", "[", "A[0O]"),
        ("A0]7", "tracing.reading_bracket_not_opened", "]", "A07"),
        ("A[]7", "tracing.reading_bracket_empty", "[]", "A7"),
        ("A[0*]", "tracing.reading_bracket_holds_sign", "*", "A0"),
        ("7" * 41, "tracing.reading_too_long", "7", ""),
    ],
)
def test_what_is_not_understood_is_asked_about_with_its_place(text: str, code: str, asked: str, nearest: str) -> None:
    question = read_mark_text(text).questions[0]
    assert (question.code, text[question.start : question.end], question.nearest) == (code, asked, nearest)
    with pytest.raises(UnreadableReading) as refused:
        read_mark_text(text).settled()
    assert (refused.value.code, refused.value.position) == (code, question.start)


def test_what_is_understood_is_settled() -> None:
    examined = read_mark_text("AB?7 (frame)")
    assert examined.settled() == examined


@pytest.mark.parametrize(("text", "sign"), [("20477**", "20477??"), ("20477*", "20477*"), ("204* *", "204??")])
def test_stars_together_are_so_many_places_and_one_is_an_unknown_number(text: str, sign: str) -> None:
    assert read_mark_text(text).canonical == sign


def test_a_reading_keeps_the_whole_text_its_span_part_and_method() -> None:
    text = "HNB318 (slide) КЗ9 (barrel, revealed)"
    first, second = read_mark_text(text).readings
    assert (first.raw, first.written, first.part, first.means) == (text, "HNB318", "slide", Means.NOT_SAID)
    assert (second.raw, second.written, second.part, second.means) == (text, "КЗ9", "barrel", Means.REVEALED)
    assert (first.script, second.script) == (Script.LATIN, Script.CYRILLIC)


def test_a_place_keeps_its_sign_though_it_is_folded() -> None:
    places = read_mark_text("К[З3]").readings[0].places
    assert [(each.allowed, each.written, each.span) for each in places] == [
        ("K", ("К",), (0, 1)),
        ("3Z", ("3", "З"), (1, 5)),
    ]


def test_a_doubtful_place_is_another_than_a_sure_one() -> None:
    assert read_mark_text("(8?)7").readings[0].places == (Place("8", doubtful=True), Place("7"))


def test_a_word_or_placeholder_in_quotation_marks_is_a_number() -> None:
    texts = ('"none"', "«0000000»", "“STAR”")
    assert [read_mark_text(each).readings[0].legible for each in texts] == [4, 7, 4]


@pytest.mark.parametrize("text", ["?NONE", "LA 4567", "ABCD12", "NONE12", "E 12 O 7", "BVEU", "2ND 4TH", "AB 1ST"])
def test_letters_of_a_number_are_no_words(text: str) -> None:
    examined = read_mark_text(text)
    legible = "".join(place.allowed for place in examined.readings[0].places)
    assert (legible, examined.remarks, examined.questions) == (fold_serial(text), (), ())


def test_doubt_is_of_the_whole() -> None:
    assert read_mark_text("AB12, perhaps").readings[0].certainty is Certainty.DOUBTFUL


@pytest.mark.parametrize(
    ("text", "says", "value", "noted"),
    [
        ("20477**", "counted", "2", "**"),
        ("AA illegible 87", "gap", "", "illegible"),
        ("xxx27, x = place not identified", "legend", "x", "x = place not identified"),
        ("logo: arrow in triangle; 4471", "symbol", "arrow_in_triangle", "logo: arrow in triangle"),
        ("厂标：五角星，4471", "symbol", "star", "厂标：五角星"),
        ("0000000", "placeholder", "", "0000000"),
        ("XXXX", "placeholder", "", "XXXX"),
        ("LWR40 (last 3 digits ground off)", "count", "", "3"),
    ],
)
def test_a_remark_says_what_was_made_of_words_and_where(text: str, says: str, value: str, noted: str) -> None:
    found = [(each.says, each.value, text[each.start : each.end]) for each in read_mark_text(text).remarks]
    assert (says, value, noted) in found
