"""The trace desk: what was read, how it was understood, and who is ranked where, with reasons."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.desk_work import recover
from tests.web.sample import OFFICER, Sample, StillClock
from tracemark.kernel import PartialDate, Plain
from tracemark.node import Node
from tracemark.recordkeeping import Event, EventKind, append
from tracemark.tracing import parse_reading
from tracemark.weapons import WeaponId
from tracemark.web.alignment import echoed


def candidates(html: str) -> list[str]:
    """Return the rows of a ranking, in order."""
    kinds = re.findall(r'<li class="candidate (\w+)">(.*?)</li>\s*(?=<li class="candidate|</ol>)', html, re.DOTALL)
    named = [re.search(r"/register/(W-\d+)/", body) for _, body in kinds]
    return [found[1] if found and kind == "candidate" else kind for (kind, _), found in zip(kinds, named, strict=True)]


def pairs(html: str) -> list[list[tuple[str, str, str]]]:
    """Return each reading laid beside a serial: how a place agrees, what was read, what is on record."""
    laid = re.findall(r'<ol class="pairs".*?</ol>', html, re.DOTALL)
    return [re.findall(r'<li class="(\w+)"><bdi>(.*?)</bdi><bdi>(.*?)</bdi>', each) for each in laid]


def recover_many(node: Node) -> None:
    """Enter five weapons whose numbers differ in one place."""
    parts: list[Plain] = [{"part": "frame", "control": True}]
    for place in range(5):
        serial = f"BX77{place}1"
        marks: list[Plain] = [{"kind": "manufacture", "part": "frame", "text": serial, "serial": serial}]
        event = Event(
            WeaponId(node.stores.register.next_weapons(1)[0]),
            EventKind.REGISTERED,
            PartialDate(2020),
            "XT-REG",
            OFFICER.name,
            {"weapon": {"kind": "pistol"}, "holder": "XT-D01", "components": parts, "marks": marks},
        )
        with node.stores.atomic():
            append(events=[event], stores=node.stores, clock=StillClock())


def test_a_damaged_number_finds_its_weapon(client_as: ClientAs, node: Node, sample: Sample) -> None:
    given = {"reading_1": "CAK?711", "part_1": "frame", "maker": "Smith & Wesson", "kind": "revolver"}
    html = client_as("tracing_analyst").get(reverse("trace_desk"), given).content.decode()
    assert candidates(html)[0] == f"W-{sample.revolver}"
    assert "not_here" in candidates(html)
    assert re.search(r'<meter min="0" max="1" value="0\.\d{4}"', html)
    assert "manufacturer agrees" in html


def test_places_are_laid_side_by_side(client_as: ClientAs, node: Node) -> None:
    html = client_as("tracing_analyst").get(reverse("trace_desk"), {"reading_1": "CAK?7I1"}).content.decode()
    assert pairs(html)[0] == [
        *(("agrees", "C", "C"), ("agrees", "A", "A"), ("agrees", "K", "K"), ("unread", "?", "4"), ("agrees", "7", "7")),
        *(("looks_alike", "I", "1"), ("agrees", "1", "1")),
    ]


def test_a_reading_in_cyrillic_is_shown_and_compared_as_written(client_as: ClientAs, node: Node) -> None:
    html = client_as("tracing_analyst").get(reverse("trace_desk"), {"reading_1": "РГ118?04"}).content.decode()
    assert re.findall(r'<li class="place \w+"><bdi>([^<]+)</bdi>', html) == list("РГ118?04")
    assert "".join(recorded for _, _, recorded in pairs(html)[0]) == "РГ118204"
    assert "Г = G" in html


def test_only_the_best_three_are_compared_at_once(client_as: ClientAs, node: Node) -> None:
    recover_many(node)
    html = client_as("tracing_analyst").get(reverse("trace_desk"), {"reading_1": "BX77?1"}).content.decode()
    foremost, _, folded = html.partition("further candidates")
    assert [len(re.findall(r'class="candidate candidate"', part)) for part in (foremost, folded)] == [3, 2]


def test_an_empty_search_says_that_nothing_was_entered(client_as: ClientAs, node: Node) -> None:
    analyst = client_as("tracing_analyst")
    answers = {
        address: "Nothing was entered" in analyst.get(reverse("trace_desk") + address).content.decode()
        for address in ("", "?reading_1=&maker=", "?reading_1=CAK")
    }
    assert answers == {"": False, "?reading_1=&maker=": True, "?reading_1=CAK": False}


def test_what_was_asked_at_the_desk_leads_on_to_the_recovery(client_as: ClientAs, node: Node) -> None:
    analyst = client_as("tracing_analyst")
    html = analyst.get(reverse("trace_desk"), {"reading_1": "CAK?711", "maker": "Glock"}).content.decode()
    leads = re.search(r'href="(/recoveries/new/\?[^"]+)"', html)
    assert leads is not None
    form = analyst.get(unescape(leads[1])).content.decode()
    assert ('value="CAK?711"' in form, 'value="Glock"' in form) == (True, True)


def test_a_reading_is_echoed_as_it_was_understood(client_as: ClientAs, node: Node) -> None:
    html = client_as("tracing_analyst").get(reverse("trace_desk"), {"reading_1": "CA?[4A]7*"}).content.decode()
    assert re.findall(r'<li class="place (\w+)"><bdi>([^<]+)</bdi>', html) == [
        *(("sure", "C"), ("sure", "A"), ("unread", "?"), ("one_of", "4/A"), ("sure", "7"), ("gap", "…")),
    ]


def test_the_notation_is_always_in_sight(client_as: ClientAs) -> None:
    html = client_as("tracing_analyst").get(reverse("trace_desk")).content.decode()
    assert re.findall(r"<kbd>([^<]+)</kbd>", html) == ["?", "*", "[0O]", "(?)"]
    assert 'class="candidate' not in html


def test_what_the_catalogue_does_not_know_is_left_out_and_said(client_as: ClientAs, node: Node, sample: Sample) -> None:
    given = {"reading_1": "CAK?711", "maker": "Smith and Weson"}
    html = client_as("tracing_analyst").get(reverse("trace_desk"), given).content.decode()
    assert "The catalogue does not know “Smith and Weson”" in html
    assert "maker=smith_wesson" in html
    assert candidates(html)[0] == f"W-{sample.revolver}"


def test_a_short_form_is_taken_and_said(client_as: ClientAs, node: Node) -> None:
    html = (
        client_as("tracing_analyst")
        .get(reverse("trace_desk"), {"reading_1": "CAK?711", "calibre": ".40"})
        .content.decode()
    )
    assert "which is not certain" in html


@pytest.mark.parametrize(
    "wrong", [{"reading_1": "CA[47"}, {"reading_1": "CA]"}, {"reading_1": "A" * 60}, {"year": "twelve"}]
)
def test_what_cannot_be_read_is_said(wrong: dict[str, str], client_as: ClientAs, node: Node) -> None:
    answer = client_as("tracing_analyst").get(reverse("trace_desk"), wrong)
    assert (answer.status_code, 'class="candidate' in answer.content.decode()) == (422, False)


def test_nothing_legible_counts_what_agrees(client_as: ClientAs, node: Node) -> None:
    html = client_as("tracing_analyst").get(reverse("trace_desk"), {"kind": "revolver"}).content.decode()
    assert "One weapon fits" in html


def test_a_case_is_offered_for_a_recovery_only(client_as: ClientAs, node: Node) -> None:
    weapon = recover(node)
    given = {"reading_1": "CAK?711"}
    asked = [
        ("tracing_analyst", given),
        ("tracing_analyst", {**given, "recovered": f"W-{weapon}"}),
        ("registry_officer", {**given, "recovered": f"W-{weapon}"}),
    ]
    pages = [client_as(role).get(reverse("trace_desk"), said).content.decode() for role, said in asked]
    offers = [f"/recoveries/W-{weapon}/case/?reading_1=CAK%3F711" in html for html in pages]
    assert offers == [False, True, False]


@pytest.mark.parametrize("recovered", ["W-0", "W-x", "-1", "W-999"])
def test_a_recovery_that_is_none_does_not_break_the_desk(recovered: str, client_as: ClientAs) -> None:
    answer = client_as("tracing_analyst").get(reverse("trace_desk"), {"recovered": recovered})
    assert answer.status_code == (404 if recovered == "W-999" else 200)


def test_an_echo_says_each_place() -> None:
    assert [(each.text, each.how) for each in echoed(parse_reading("[0O]?"))] == [("0/O", "one_of"), ("?", "unread")]


def test_what_was_made_of_words_is_said(client_as: ClientAs, node: Node, sample: Sample) -> None:
    given = {"reading_1": "CAK?711 (frame, scratched, revealed chemically); 20477** (barrel), logo: star"}
    html = client_as("tracing_analyst").get(reverse("trace_desk"), given).content.decode()
    understood = re.search(r'id="echo-title".*?</section>', html, re.DOTALL)
    assert understood is not None
    told = re.sub(r"<[^>]+>|\s+", " ", understood[0])
    said = (
        "Frame",
        "revealed chemically",
        "“scratched” describes the mark",
        "Barrel",
        "“**” is taken as 2 places",
        "Tula Arms",
    )
    assert [each for each in said if each not in told] == []
    assert candidates(html)[0] == f"W-{sample.revolver}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("AA?0?987 (blorf)", "Did you mean AA?0?987?"),
        ("AA[0", "is not closed"),
        ("ABCDE", "quotation marks"),
    ],
)
def test_what_is_not_understood_is_asked_about_and_not_searched(
    text: str, told: str, client_as: ClientAs, node: Node
) -> None:
    answer = client_as("tracing_analyst").get(reverse("trace_desk"), {"reading_1": text})
    html = answer.content.decode()
    assert (answer.status_code, told in html, 'class="candidate' in html) == (422, True, False)


@pytest.mark.parametrize("word", ["illisible", "ilegible", "нечитаемо", "غير مقروء", "不清", "unreadable"])
def test_a_word_is_no_number_in_any_language(word: str, client_as: ClientAs, node: Node) -> None:
    html = client_as("tracing_analyst").get(reverse("trace_desk"), {"reading_1": word}).content.decode()
    assert "Nothing legible" in html
    assert 'class="candidate candidate' not in html


def test_words_are_shown_as_the_catalogue_understood_them(client_as: ClientAs, node: Node) -> None:
    asked = {"reading_1": "AA?0?987", "calibre": ".45 auto", "import_country": "Chad", "maker": "blorf"}
    html = client_as("tracing_analyst").get(reverse("trace_desk"), asked).content.decode()
    told = re.search(r'<ul class="plain understood">(.*?)</ul>', html)
    assert told is not None
    assert re.findall(r'"quiet">([^<]+)</span> <bdi>([^<]+)', told[1]) == [
        ("Calibre", ".45 ACP"),
        ("Imported into (import mark)", "Chad"),
    ]
