"""The fictional State asks its neighbours and is asked, so that what is counted of letters is counted of some."""

from collections.abc import Mapping
from datetime import timedelta

from tracemark.authorities import Role
from tracemark.demo.desk import Desk
from tracemark.demo.neighbours import write_to_neighbours
from tracemark.kernel import Actor
from tracemark.node import Node, drawing
from tracemark.reporting import Period
from tracemark.tracing import Outcome, case_page

CONTACT, AUDITOR, ANALYST = (
    Actor(role.value, "XT-POL", frozenset({role.value}))
    for role in (Role.POINT_OF_CONTACT, Role.AUDITOR, Role.TRACING_ANALYST)
)
VALUES = {
    "requests.sent": 7,
    "requests.acknowledged_days": 2,
    "requests.answered_days": 9,
    "requests.in_time": 6,
    "inquiries.received": 5,
    "inquiries.acknowledged_days": 2,
    "inquiries.answered_days": 8,
    "inquiries.in_time": 3,
}
CELLS: Mapping[str, tuple[str, Mapping[tuple[str, ...], int]]] = {
    "requests.answered": ("answer", {("full",): 4, ("not_found",): 1, ("refused",): 1}),
    "inquiries.answered": ("answer", {("full",): 2, ("refused",): 1}),
    "inquiries.withheld": ("ground", {("confidentiality",): 1, ("law",): 1}),
    "traces.abroad": ("links", {("1",): 3, ("2",): 2}),
}


def test_letters_to_and_from_neighbours_give_their_figures_numbers(demo_node: Node) -> None:
    before = {each.id for each in case_page(actor=ANALYST, stores=demo_node.stores)}
    write_to_neighbours(Desk.after_the_record(demo_node, timedelta(minutes=5)))
    with drawing(demo_node, Period.parse("2026", "2026"), CONTACT) as opened:
        assert {name: opened.draw(name).value for name in VALUES} == VALUES
        assert {name: (by, opened.draw(name, (by,)).cells) for name, (by, _) in CELLS.items()} == CELLS
    told = [each for each in case_page(actor=ANALYST, stores=demo_node.stores) if each.id not in before]
    assert [each.outcome for each in told].count(Outcome.TRACED) == 2
    assert demo_node.stores.outbox.waiting() == []
    assert demo_node.verify(AUDITOR, with_register=True).faults == ()
