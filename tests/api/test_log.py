import pytest
from django.test import Client

from tests.api.register import WEAPONS
from tracemark.node import Node
from tracemark.recordkeeping import HASH_BYTES, Checkpoint, Frontier

EVENTS = WEAPONS + 1


def test_what_is_published_is_enough_to_check_the_signed_head(stranger: Client, node: Node) -> None:
    head = Checkpoint.parse(stranger.get("/log/checkpoint").content.decode())
    tile = stranger.get(f"/log/tile/0/000.p/{EVENTS}").content
    leaves = [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]
    assert (head.size, head.root) == (EVENTS, Frontier().extend(leaves).root)


@pytest.mark.parametrize(
    "place",
    [
        "0/000",
        "0/000.p/14",
        "0/001.p/1",
        "1/000.p/1",
        "63/000",
        "entries/000.p/1",
        "0/0",
        "0/000.p/0",
        "x",
        "0/000/../000",
    ],
)
def test_what_the_record_does_not_hold_is_not_found(place: str, stranger: Client) -> None:
    answer = stranger.get(f"/log/tile/{place}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_tile_that_may_grow_is_asked_for_again(stranger: Client) -> None:
    assert stranger.get(f"/log/tile/0/000.p/{EVENTS}")["Cache-Control"] == "no-cache"
