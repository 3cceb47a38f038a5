import pytest

from tracemark.wording.filling import fill


def plainly(value: object, way: str) -> str:
    """Say a fact and how it was wanted."""
    return f"{value}/{way}" if way else str(value)


@pytest.mark.parametrize(
    ("sentence", "facts", "said"),
    [
        ("It fits.", {}, "It fits."),
        ("Event {event}.", {"event": 7}, "Event 7."),
        ("On {part:weapons.part}.", {"part": "barrel"}, "On barrel/weapons.part."),
        ("Not {known}.", {"other": 1}, "Not {known}."),
        ("Not {known:digits}.", {}, "Not {known}."),
        ("Wrong.⟦ Perhaps {suggestion}.⟧", {"suggestion": "2019"}, "Wrong. Perhaps 2019."),
        ("Wrong.⟦ Perhaps {suggestion}.⟧", {"suggestion": ""}, "Wrong."),
        ("Wrong.⟦ Perhaps {suggestion}.⟧", {}, "Wrong."),
        ("Deleted⟦ up to {other}⟧.", {"other": None}, "Deleted."),
        ("⟦{a} and {b}⟧⟦{c}⟧", {"a": 1, "c": 3}, "3"),
        ("Reads {text}.", {"text": "{event}⟦x⟧"}, "Reads {event}⟦x⟧."),
    ],
)
def test_facts_are_put_into_a_sentence(sentence: str, facts: dict[str, object], said: str) -> None:
    assert fill(sentence, facts, plainly) == said
