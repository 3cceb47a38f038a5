"""ITI 13 from the command line."""

from tests.cli.test_contract import run
from tracemark.node import open_node

CLOSED = ("take-over", "XT-D05", "--ended", "2026-05-17", "--note", "31 boxes", "--weapons", "1204")


def test_iti_13_records_of_a_closed_company_are_taken_over(demo_copy: str) -> None:
    node = open_node(demo_copy)
    assert run(*CLOSED, "--db", demo_copy).exit_code == 0
    [newest] = node.stores.records.newest(1)
    ended = {each.code: each.active_until for each in node.stores.agencies.all() if each.active_until}
    assert (newest.event.kind, newest.event.details) == (
        "records_taken_over", {"from": "XT-D05", "weapons": 1204, "note": "31 boxes"},
    )  # fmt: skip
    assert {code: str(on) for code, on in ended.items()} == {"XT-D05": "2026-05-17"}
    node.stores.close()


def test_an_unknown_company_and_no_date_are_told(demo_copy: str) -> None:
    assert run("take-over", "XT-GONE", "--ended", "2026", "--note", "", "--db", demo_copy).exit_code == 1
    assert run("take-over", "XT-D05", "--ended", "soon", "--note", "", "--db", demo_copy).exit_code == 1
