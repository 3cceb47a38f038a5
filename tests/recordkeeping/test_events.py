from datetime import UTC, datetime

import pytest

from tests.recordkeeping.lives import RECORDED_AT, event, imported, sealed
from tracemark.kernel import NotCanonical
from tracemark.recordkeeping import Sealed, read_event, seal_event


def test_an_event_is_sealed_as_canonical_bytes_that_say_all_of_it() -> None:
    (only,) = sealed([event("stored", "2020-05", place="Depot 1")])
    assert only.body == (
        b'{"at":"2026-01-01T00:00:00.000Z","authority":"XT-REG","by":"officer","details":{"place":"Depot 1"},'
        b'"document":"","happened":"2020-05","kind":"stored","v":1,"weapon":7}'
    )


def test_iti_11_an_event_reads_back_from_its_bytes_as_it_was() -> None:
    (only,) = sealed([imported()])
    assert read_event(0, only.body) == Sealed(0, imported(), RECORDED_AT, only.body)


def test_a_future_version_is_refused_and_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 2"):
        read_event(3, b'{"v":2}')


def test_details_without_canonical_form_are_refused() -> None:
    with pytest.raises(NotCanonical):
        seal_event(event("stored", "2020", place=0.5), position=0, recorded_at=datetime.now(UTC))


def test_what_is_sealed_is_what_is_read_back_whatever_the_moment() -> None:
    sealed = seal_event(
        event("stored", "2020", place="depot"), position=3, recorded_at=datetime(2026, 5, 6, 7, 8, 9, 554_853, UTC)
    )
    assert read_event(3, sealed.body) == sealed
    assert sealed.recorded_at.microsecond == 554_000
