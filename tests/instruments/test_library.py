"""Every commitment has its paragraph, every paragraph its words, its confidence and its dates."""

import re
from datetime import date

import pytest

from tracemark import instruments
from tracemark.instruments import Confidence, Level, Status
from tracemark.kernel import cite

COMMITMENTS = """
PoA-II-1 = PoA II.1
PoA-II-2 = PoA II.2
PoA-II-3 = PoA II.3
PoA-II-4 = PoA II.4
PoA-II-5 = PoA II.5
PoA-II-6 = PoA II.6
PoA-II-7 = PoA II.7
PoA-II-8 = PoA II.8
PoA-II-9 = PoA II.9
PoA-II-10 = PoA II.10
PoA-II-11 = PoA II.11
PoA-II-12 = PoA II.12
PoA-II-13 = PoA II.13
PoA-II-14 = PoA II.14
PoA-II-15 = PoA II.15
PoA-II-16 = PoA II.16
PoA-II-17 = PoA II.17
PoA-II-18 = PoA II.18
PoA-II-19 = PoA II.19
PoA-II-20 = PoA II.20
PoA-II-21 = PoA II.21
PoA-II-22 = PoA II.22
PoA-II-23 = PoA II.23
PoA-II-24 = PoA II.24
PoA-II-25 = PoA II.25
PoA-II-26 = PoA II.26
PoA-II-27 = PoA II.27
PoA-II-28 = PoA II.28
PoA-II-29 = PoA II.29
PoA-II-30 = PoA II.30
PoA-II-31 = PoA II.31
PoA-II-32 = PoA II.32
PoA-II-33 = PoA II.33
PoA-II-34 = PoA II.34
PoA-II-35 = PoA II.35
PoA-II-36 = PoA II.36
PoA-II-37 = PoA II.37
PoA-II-38 = PoA II.38
PoA-II-39 = PoA II.39
PoA-II-40 = PoA II.40
PoA-II-41 = PoA II.41
PoA-III-1 = PoA III.1
PoA-III-2 = PoA III.2
PoA-III-3 = PoA III.3
PoA-III-4 = PoA III.4
PoA-III-5 = PoA III.5
PoA-III-6 = PoA III.6
PoA-III-7 = PoA III.7
PoA-III-8 = PoA III.8
PoA-III-9 = PoA III.9
PoA-III-10 = PoA III.10
PoA-III-11 = PoA III.11
PoA-III-12 = PoA III.12
PoA-III-13 = PoA III.13
PoA-III-14 = PoA III.14
PoA-III-15 = PoA III.15
PoA-III-16 = PoA III.16
PoA-III-17 = PoA III.17
PoA-III-18 = PoA III.18
PoA-IV-1a = PoA IV.1a
PoA-IV-1b = PoA IV.1b
PoA-IV-1c = PoA IV.1c
PoA-IV-1d = PoA IV.1d
PoA-IV-2a = PoA IV.2a
PoA-IV-2b = PoA IV.2b
PoA-IV-2c = PoA IV.2c
ITI-1 = ITI 1
ITI-4 = ITI 4
ITI-5 = ITI 5
ITI-6 = ITI 6
ITI-7 = ITI 7
ITI-8a = ITI 8(a)
ITI-8b = ITI 8(b)
ITI-8c = ITI 8(c)
ITI-8d = ITI 8(d)
ITI-8e = ITI 8(e)
ITI-9 = ITI 9
ITI-10 = ITI 10
ITI-11 = ITI 11
ITI-12 = ITI 12
ITI-13 = ITI 13
ITI-14 = ITI 14
ITI-15 = ITI 15
ITI-16 = ITI 16
ITI-17 = ITI 17
ITI-18 = ITI 18
ITI-19 = ITI 19
ITI-20 = ITI 20
ITI-21 = ITI 21
ITI-22 = ITI 22
ITI-23 = ITI 23
ITI-24 = ITI 24
ITI-25 = ITI 25
ITI-26 = ITI 26
ITI-27-30 = ITI 27, ITI 28, ITI 29, ITI 30
ITI-31-32 = ITI 31, ITI 32
ITI-33-35 = ITI 33, ITI 34, ITI 35
ITI-36 = ITI 36
ITI-37 = ITI 37
ITI-38 = ITI 38
BMS7-DIV-1 = BMS7 DIV.1
BMS7-DIV-2 = BMS7 DIV.2
BMS7-DIV-3 = BMS7 DIV.3
BMS7-MEAS-1 = BMS7 MEAS.1
BMS7-MEAS-2 = BMS7 MEAS.2
BMS7-MEAS-3 = BMS7 MEAS.3
BMS7-MEAS-4 = BMS7 MEAS.4
BMS7-MEAS-5 = BMS7 MEAS.5
BMS7-DEV-1 = BMS7 DEV.1
BMS7-DEV-2 = BMS7 DEV.2
BMS7-DEV-3 = BMS7 DEV.3
BMS7-DEV-4 = BMS7 DEV.4
BMS7-ITI-1 = BMS7 ITI.1
BMS7-ITI-2 = BMS7 ITI.2
BMS7-ITI-3 = BMS7 ITI.3
BMS7-ASSIST-1 = BMS7 ASSIST.1
BMS7-ASSIST-2 = BMS7 ASSIST.2
BMS7-ASSIST-3 = BMS7 ASSIST.3
BMS7-ASSIST-4 = BMS7 ASSIST.4
BMS7-SUM-N1 = BMS7 SUM.N1
BMS7-SUM-N2 = BMS7 SUM.N2
BMS7-SUM-N3 = BMS7 SUM.N3
BMS7-SUM-R1 = BMS7 SUM.R1
BMS7-SUM-R2 = BMS7 SUM.R2
BMS7-SUM-G1 = BMS7 SUM.G1
BMS7-SUM-G2 = BMS7 SUM.G2
BMS7-IHL = BMS7 IHL
REVCON4-OETEG = REVCON4 OETEG
"""

THEMES = """
DDR, INTERPOL, SDG, UN, WPS, action plan, armed violence, assistance, border, brokering, children, civil
society, collection, confidentiality, conflict, conflict prevention, cooperation, coordination, crime,
criminal law, data, definitions, development, diversion, embargo, enforcement, follow-up, gender, import,
industry, legal, legal instruments, manufacture, marking, measurability, peacekeeping, public awareness,
record-keeping, regional, reporting, research, scope, stockpile, surplus/destruction, targets, technology,
tracing, training, transfer control, transparency
"""


def commitments() -> dict[str, list[str]]:
    pairs = (line.split(" = ") for line in COMMITMENTS.split("\n") if line)
    return {identity: citations.split(", ") for identity, citations in pairs}


def test_there_are_128_commitments() -> None:
    assert len(commitments()) == 128


@pytest.mark.parametrize("identity", commitments())
def test_every_commitment_has_its_paragraphs(identity: str) -> None:
    found = [str(instruments.paragraph(cite(each)).citation) for each in commitments()[identity]]
    assert found == commitments()[identity]


def test_no_paragraph_of_the_programme_or_an_outcome_is_outside_the_commitments() -> None:
    meant = {
        citation for citations in commitments().values() for citation in citations if not citation.startswith("ITI")
    }
    held = {str(each.citation) for each in instruments.paragraphs()}
    assert {each for each in held if each.startswith(("PoA ", "BMS7 ", "REVCON4 "))} == meant


@pytest.mark.parametrize(
    ("instrument", "paragraphs"),
    [
        ("ITI", ["6(a)", "6(b)", "6(c)", "6(d)", "6(e)"]),
        ("ITI", ["7(1)", "7(2)", "7(3)", "7(4)", "7(5)", "7(6)"]),
        ("ITI", ["8", "8(a)", "8(b)", "8(c)", "8(d)", "8(e)"]),
        ("ITI", ["12(a)", "12(b)", "15(a)", "15(b)", "15(c)", "17(a)", "17(b)", "17(c)"]),
        ("ITI", ["22(i)", "22(ii)", "22(iii)", "22(iv)", "27", "28", "29", "30", "31", "32", "33", "34", "35"]),
        ("FP", ["3(b)", "3(d)", "3(f)", "5(1)(c)", "6(2)", "7", "8(1)(a)", "8(1)(b)", "8(1)(c)", "9(c)", "10(3)"]),
        ("FP", ["12(4)", "12(5)", "13(2)", "15"]),
        ("ATT", ["6(1)", "6(2)", "6(3)", "7(1)", "7(2)", "7(3)", "7(4)", "7(5)", "7(6)", "7(7)"]),
        ("ATT", ["11(1)", "11(2)", "11(3)", "11(4)", "11(5)", "11(6)", "12(1)", "12(2)", "12(3)", "12(4)"]),
        ("ATT", ["13(1)", "13(2)", "13(3)"]),
        ("EU/2019/68", ["annex-1", "annex-2", "annex-3", "annex-4"]),
        ("EU/2021/555", ["4", "4(1)", "4(2)", "4(4)"]),
        ("EU/2024/325", ["1"]),
        ("US/27CFR", ["478.92", "478.92(a)(1)", "478.92(a)(1)(i)", "478.92(a)(1)(ii)", "478.92(a)(1)(v)"]),
        ("MOSAIC", ["05.20", "05.30", "05.31"]),
        ("SDG", ["16.4.2"]),
    ],
)
def test_rules_may_cite(instrument: str, paragraphs: list[str]) -> None:
    held = {str(each.citation) for each in instruments.paragraphs()}
    assert [each for each in paragraphs if f"{instrument} {each}" not in held] == []


def test_grouped_paragraphs_share_their_note_of_uncertainty() -> None:
    notes = {n: instruments.paragraph(cite(f"ITI {n}")).note for n in range(27, 36)}
    assert {notes[n] for n in (27, 28, 29, 30)} == {
        "Paragraphs 27 to 30 are known only as a group; which of them says what is uncertain."
    }
    assert {notes[n] for n in (31, 32)} == {
        "Paragraphs 31 and 32 are known only as a group; which of them says what is uncertain."
    }
    assert {notes[n] for n in (33, 34, 35)} == {
        "Paragraphs 33 to 35 are known only as a group; which of them says what is uncertain."
    }


def test_every_paragraph_says_where_it_was_seen_and_when_it_was_checked() -> None:
    for each in instruments.paragraphs():
        assert each.source, each.citation
        assert each.checked_on == date(2026, 11, 23), each.citation
        assert each.from_on is not None, each.citation
        assert each.citation.instrument == instruments.instrument(each.citation.instrument).code


@pytest.mark.parametrize(
    ("citation", "confidence"),
    [
        ("PoA II.2", Confidence.READ),
        ("PoA II.7", Confidence.PARAPHRASED),
        ("PoA II.16", Confidence.PARAPHRASED),
        ("PoA II.8", Confidence.PARAPHRASED),
        ("PoA IV.1a", Confidence.FROM_MEMORY),
        ("ITI 6", Confidence.PARAPHRASED),
        ("ITI 7", Confidence.READ),
        ("ITI 8(b)", Confidence.READ),
        ("ITI 8(d)", Confidence.FROM_MEMORY),
        ("ITI 12", Confidence.PARAPHRASED),
        ("ITI 22", Confidence.FROM_MEMORY),
        ("BMS7 DIV.1", Confidence.PARAPHRASED),
        ("REVCON4 OETEG", Confidence.PARAPHRASED),
        ("FP 8(1)(a)", Confidence.READ),
        ("EU/2021/555 4(4)", Confidence.FROM_MEMORY),
    ],
)
def test_confidence_follows_the_source(citation: str, confidence: Confidence) -> None:
    assert instruments.paragraph(cite(citation)).confidence is confidence


def test_summaries_are_in_our_own_words() -> None:
    """Neither the abbreviations of our notes nor the long phrases of the documents."""
    borrowed = re.compile(r"small arms? (?:and|or) light weapons in|States will|shall|SALW|UNSC|EUC\b")
    assert [str(each.citation) for each in instruments.paragraphs() if borrowed.search(each.summary)] == []


def test_themes_are_a_closed_list() -> None:
    held = sorted({theme for each in instruments.paragraphs() for theme in each.themes})
    assert held == " ".join(THEMES.split()).split(", ")


def test_by_theme_and_by_level() -> None:
    assert [str(each.citation) for each in instruments.by_theme("children")] == ["PoA II.22"]
    assert {str(each.citation) for each in instruments.by_level(Level.REGIONAL)} == {
        *(f"PoA II.{n}" for n in range(24, 32)),
        "BMS7 SUM.R1",
        "BMS7 SUM.R2",
    }


def test_headers() -> None:
    assert {code: instruments.instrument(code).status for code in ("PoA", "ITI", "FP", "ATT", "MOSAIC")} == {
        "PoA": Status.POLITICAL,
        "ITI": Status.POLITICAL,
        "FP": Status.BINDING,
        "ATT": Status.BINDING,
        "MOSAIC": Status.VOLUNTARY,
    }
    assert str(instruments.instrument("PoA").adopted_on) == "2001-07-20"
    assert str(instruments.instrument("ITI").adopted_on) == "2005-12-08"
    assert str(instruments.instrument("MOSAIC").adopted_on) == "2012"
    assert instruments.instrument("FP").in_force_from == date(2005, 7, 3)
    with pytest.raises(KeyError):
        instruments.instrument("ITI2")


@pytest.mark.parametrize(
    ("on", "deep"),
    [(date(2020, 1, 17), False), (date(2025, 7, 22), False), (date(2025, 7, 23), True), (None, True)],
)
def test_eu_2019_68_annex_1_asks_for_depth_from_the_amendment(on: date | None, deep: bool) -> None:
    assert ("0.0762 mm" in instruments.paragraph(cite("EU/2019/68 annex-1"), on).summary) is deep


@pytest.mark.parametrize(
    ("citation", "on"),
    [
        ("ITI 8(b)", date(2005, 12, 7)),
        ("FP 7", date(2005, 7, 2)),
        ("EU/2019/68 annex-1", date(2020, 1, 16)),
        ("US/27CFR 478.92(a)(1)(ii)(E)", date(2022, 8, 24)),
        ("ITI 99", None),
    ],
)
def test_what_did_not_hold_is_not_found(citation: str, on: date | None) -> None:
    with pytest.raises(KeyError):
        instruments.paragraph(cite(citation), on)


def test_without_a_day_the_newest_version_answers_even_where_it_has_ended() -> None:
    ended = instruments.paragraph(cite("US/27CFR 478.92(a)(1)(ii)(E)"))
    assert ended.until_on == date(2022, 8, 23)


STATE = """
[source.gazette]
confidence = "read"
text = "Official Gazette 12/2025, translated by the Ministry of the Interior"

[[paragraph]]
citation = "ITI 12(b)"
level = "national"
themes = ["record-keeping"]
summary = "All other records are kept at least 25 years under our law."
indicator = "years kept"
source = "gazette"
checked_on = 2026-01-31
"""


def test_a_state_wins_over_what_is_shipped_and_is_named_as_the_source() -> None:
    ours = instruments.overlay({"state.toml": STATE})
    corrected = ours.paragraph(cite("ITI 12(b)"))
    assert corrected.summary == "All other records are kept at least 25 years under our law."
    assert corrected.source == "Official Gazette 12/2025, translated by the Ministry of the Interior"
    assert corrected.confidence is Confidence.READ
    assert corrected.checked_on == date(2026, 1, 31)
    assert len(ours.paragraphs()) == len(instruments.paragraphs())
    assert ours.paragraph(cite("ITI 12(a)")) == instruments.paragraph(cite("ITI 12(a)"))


def test_an_overlay_leaves_what_is_shipped_as_it_is() -> None:
    before = instruments.paragraph(cite("ITI 12(b)"))
    instruments.overlay({"state.toml": STATE})
    assert instruments.paragraph(cite("ITI 12(b)")) == before


def test_two_texts_may_not_speak_of_the_same_paragraph() -> None:
    with pytest.raises(instruments.TextRefused) as refused:
        instruments.overlay({"one.toml": STATE, "two.toml": STATE})
    assert str(refused.value) == "two.toml: ITI 12(b): stands in one.toml as well"
