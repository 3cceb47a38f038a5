"""Work on small arms is recognised by its sector, and by words where it is coded elsewhere, with every reason."""

import pytest

from tests.assistance.given import activity
from tracemark.assistance import Reason, Share, Where, recognise, themes

ELSEWHERE = (Share("15130", "1"),)


def met(text: str) -> list[tuple[str, str]]:
    found = recognise(activity("XX-1-1", text, sectors=ELSEWHERE))
    return [(each.theme, each.words) for each in found.reasons] if found else []


def test_the_sector_alone_is_reason_enough() -> None:
    found = recognise(activity("XX-1-1", "A title"))
    assert found is not None
    assert found.reasons == (Reason("reintegration", Where.SECTOR, "15240"),)
    assert (found.themes, found.by_text_only) == (("reintegration",), False)


def test_a_code_of_another_vocabulary_is_no_sector_of_the_dac() -> None:
    assert recognise(activity("XX-1-1", "A title", sectors=(Share("15240", "99"),))) is None


@pytest.mark.parametrize(
    ("text", "theme", "words"),
    [
        ("Tracing SALW in the region", "small_arms", "SALW"),
        ("Control of Small Arms", "small_arms", "Small Arms"),
        ("Contrôle des armes légères", "small_arms", "armes legeres"),
        ("Control de las armas pequeñas", "small_arms", "armas pequenas"),
        ("Controle de armas de fogo", "small_arms", "armas de fogo"),
        ("Контроль над стрелковым оружием", "small_arms", "стрелковым оружием"),
        ("مراقبة الأسلحة الصغيرة والخفيفة", "small_arms", "الأسلحة الصغيرة"),
        ("管制小武器项目", "small_arms", "小武器"),
        ("Support for former combatants", "reintegration", "former combatants"),
    ],
)
def test_words_are_met_in_any_language_whatever_the_file_says_of_it(text: str, theme: str, words: str) -> None:
    # Accents and marks are folded on both sides, so that an Arabic hamza falls away too.
    folded = [(each, said.replace("أ", "ا")) for each, said in met(text)]
    assert folded[0] == (theme, words.replace("أ", "ا"))


@pytest.mark.parametrize(
    "text",
    [
        "Non-proliferation of nuclear weapons and light",
        "Weapons of mass destruction",
        "The ddr of a river",
        "Army of farms and alarms",
        "Marking of school examinations",
        "Customs reform",
    ],
)
def test_what_is_something_else_is_not_taken(text: str) -> None:
    assert met(text) == []


def test_a_theme_is_told_by_what_the_work_does() -> None:
    found = recognise(activity("XX-1-1", "Small arms", description="Marking machines, and stockpile management."))
    assert found is not None
    assert found.themes == ("marking", "stockpiles")
    assert {each.where for each in found.reasons} == {Where.SECTOR, Where.TITLE, Where.DESCRIPTION}


def test_every_theme_has_words_in_the_six_languages_and_one_more() -> None:
    assert themes() == (
        "small_arms", "reintegration", "marking", "records", "tracing", "stockpiles", "surplus", "legislation",
        "transfer", "borders", "violence",
    )  # fmt: skip
