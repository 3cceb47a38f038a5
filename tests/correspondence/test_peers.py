from tracemark.authorities import Level
from tracemark.correspondence import Card

CARD = Card(
    *("xb/tracemark/record", "XB", Level.NATIONAL, "https://xb.example/exchange/inbox", "desk@xb.example"),
    *(("en", "fr"), ("XB-POLICE",), bytes(32), bytes(range(32))),
)


def test_a_card_is_read_back_as_it_was_written() -> None:
    plain = CARD.plain()
    assert Card.of_plain(plain) == CARD
    assert (plain["signing_key"], plain["level"]) == ("00" * 32, "national")
