from typing import Any

import pytest

from tests.api.asking import post
from tests.api.conftest import As
from tracemark.authorities import Role

RECOVERY: dict[str, Any] = {
    "kind": "found",
    "happened": "2025-02",
    "place": "a field",
    "custodian": "XT-POLICE",
    "grounds": ["law_of_state"],
    "persons": [{"role": "possessor", "sex": "unknown", "age_band": "25-34"}],
    "description": {"kind": "pistol", "maker": "glock"},
    "marks": [{"kind": "manufacture", "text": "KT0?002X", "part": "frame", "depth_mm": "0.0762"}],
}


def test_a_damaged_mark_becomes_a_weapon_with_its_custody(caller: As) -> None:
    analyst = caller(Role.TRACING_ANALYST)
    recovered = post(analyst, "/recoveries", RECOVERY).json()["weapon"]
    ranking = post(analyst, "/traces/search", {"readings": [{"text": "KT0?002X"}], "maker": "glock"}).json()
    best = ranking["candidates"][0]
    assert best["weapon"] == "W-2"
    assert sum(each["posterior"] for each in ranking["candidates"]) + ranking["not_here"] + ranking[
        "elsewhere"
    ] == pytest.approx(1)
    asked = {"recovered": recovered, "readings": [{"text": "KT0?002X", "part": "frame"}], "kind": "pistol"}
    opened = post(analyst, "/cases", asked).json()
    case = opened["case"]["id"]
    lacking = {each["code"] for each in opened["lacking"]}
    assert {"tracing.purpose_missing", "tracing.calibre_missing"} <= lacking
    complete = analyst.get(f"/api/v1/cases/{case}/completeness").json()
    assert (complete["complete"], {each["code"] for each in complete["lacking"]}) == (False, lacking)
    early = post(analyst, f"/cases/{case}/answer", {"outcome": "traced"})
    assert (early.status_code, early.json()["code"]) == (409, "tracing.nobody_judged")
    judged = post(
        analyst,
        f"/cases/{case}/judgements",
        {"other_weapon": "W-2", "verdict": "same", "posterior": "0.98", "weights": ranking["weights"]},
    ).json()
    assert (judged["state"], judged["identified_as"]) == ("judged", "W-2")
    answered = post(analyst, f"/cases/{case}/answer", {"outcome": "traced", "note": "asked by the police"}).json()
    assert (answered["state"], answered["outcome"], answered["answer"]["holder"]) == ("answered", "traced", "XT-DEPOT")
    again = post(analyst, f"/cases/{case}/answer", {"outcome": "traced"})
    assert (again.status_code, again.json()["code"]) == (409, "tracing.already_answered")
    custody = analyst.get("/api/v1/weapons/W-2/custody").json()
    assert (custody["recovered"]["happened"], custody["holder"]) == ("2025-02", "XT-DEPOT")
    listed = analyst.get("/api/v1/cases", {"state": "answered"}).json()
    assert [each["id"] for each in listed["items"]] == [case]
    assert analyst.get(f"/api/v1/cases/{case}").json() == answered


def test_a_case_carries_the_state_that_the_import_mark_names(caller: As) -> None:
    analyst = caller(Role.TRACING_ANALYST)
    recovered = post(analyst, "/recoveries", RECOVERY).json()["weapon"]
    asked = {"recovered": recovered, "readings": [{"text": "KT0?002X"}]}
    opened = [post(analyst, "/cases", {**asked, **more}).json() for more in ({"import_country": "TD"}, {})]
    assert [each["case"]["request"]["import_country"] for each in opened] == ["TD", ""]
    refused = post(analyst, "/cases", {**asked, "import_country": "Chad"})
    assert refused.status_code == 422


def test_a_reading_that_is_not_in_the_notation_says_where(caller: As) -> None:
    answer = post(caller(Role.TRACING_ANALYST), "/traces/search", {"readings": [{"text": "KT[0"}]})
    assert (answer.status_code, answer.json()["code"]) == (422, "tracing.reading_bracket_not_closed")


def test_a_weapon_that_was_never_recovered_has_no_case(caller: As) -> None:
    answer = post(caller(Role.TRACING_ANALYST), "/cases", {"recovered": "W-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "tracing.not_recovered")


def test_a_search_says_how_each_text_was_understood(caller: As) -> None:
    asked = {"readings": [{"text": "KT0?002X, scratched", "part": "frame"}, {"text": "illisible"}], "maker": "glock"}
    answer = post(caller(Role.TRACING_ANALYST), "/traces/search", asked).json()
    assert [(each["text"], each["readings"]) for each in answer["understood"]] == [
        ("KT0?002X, scratched", "KT0?002X (frame)"),
        ("illisible", "none"),
    ]
    assert answer["understood"][0]["notes"] == ["“scratched” describes the mark and changes no place."]
    assert answer["candidates"][0]["weapon"] == "W-2"


@pytest.mark.parametrize(("path", "more"), [("/traces/search", {}), ("/cases", {"recovered": "W-1"})])
def test_what_is_not_understood_is_refused_with_the_nearest_reading(
    path: str, more: dict[str, str], caller: As
) -> None:
    asked = {"readings": [{"text": "KT0?002X (blorf)"}], **more}
    answer = post(caller(Role.TRACING_ANALYST), path, asked)
    assert (answer.status_code, answer.json()["code"]) == (422, "tracing.question_word")
    assert [each["detail"] for each in answer.json()["fields"]] == ["Did you mean KT0?002X?"]
