"""Answers are said by the kind of their question."""

import pytest

from tracemark.kernel import Plain
from tracemark.reporting import questions
from tracemark.wording import answer_table, answer_text, cell_text


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("nca.exists", "in_progress", "In progress"),
        ("nca.composition", {"men": 4, "women": 3, "all": 7}, "Women: 3, Men: 4, Total: 7"),
        ("nca.women", {"all": "42.86"}, "42.86%"),
        ("sdg.share", {"all": "48.00", "2024": "40.00", "2025": "55.50"}, "2024: 40.00%, 2025: 55.50%, Total: 48.00%"),
        ("rec.years", {"all": 30}, "30"),
        ("mfr.mark_info", ["serial", "year"], "Serial number, Year"),
        ("inf.completed", "2026-05-06", "6 May 2026"),
        ("inf.voluntary", "a\n\nb", "a, b"),
        ("inf.files", ["ab"], "ab"),
        ("trf.exports", [{"to_state": "FR", "weapon_kind": "pistol", "number": 12000}],
         "France, Self-loading pistol, 12,000"),
        ("ast.received", [{"nature": "training"}], "training, , , "),
        ("nca.exists", None, "Not answered"),
    ],
)  # fmt: skip
def test_a_value_is_said(question: str, value: Plain, said: str) -> None:
    assert answer_text(questions()[question], value) == said


def test_a_table_has_the_heads_of_its_question() -> None:
    table = answer_table(questions()["trf.exports"], [])
    assert table is not None
    assert (table.heads, table.rows) == (("State of destination", "Kind of weapon", "Number"), ())
    assert answer_table(questions()["nca.exists"], "yes") is None


def test_what_the_record_did_not_say_is_said_to_be_so() -> None:
    assert cell_text("to_state", "") == cell_text("method", "") != ""
    assert cell_text("authority", "XT-REG", {"XT-REG": "Registry"}) == "Registry"
    assert cell_text("place", "Depot 3") == "Depot 3"
