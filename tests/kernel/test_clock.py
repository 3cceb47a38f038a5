from datetime import UTC, datetime

from tracemark.kernel import instant_text


def test_an_instant_is_written_to_the_millisecond_in_utc() -> None:
    assert instant_text(datetime(2026, 1, 2, 3, 4, 5, 678_900, UTC)) == "2026-01-02T03:04:05.678Z"
