"""What passes between States, and what a State plans and states, so that a browser finds each page filled."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser.published import CONTACT
from tests.targets.aims import SALW
from tests.tracing.interstate.bureaus import Days, State, asking, finds
from tracemark import reporting, review
from tracemark.kernel import cite
from tracemark.node import Node, calendar_of_state, import_lost_list
from tracemark.reporting import StatedNumber, Statement
from tracemark.targets import adopt_plan, read_plan_toml
from tracemark.tracing import acknowledge_inquiry, draft_request, send_request
from tracemark.weapons import catalogue

_LOST = "Make,Serial number,Status\nGlock,CAK4711,stolen\nWalther,WB990011,lost\n"


def ask_and_be_asked(node: Node) -> None:
    """Ask another State, be asked by it and acknowledge that, and keep its list of stolen weapons."""
    ours, other = State("XT", Days(node.clock.now()), node.stores), State("XA", Days(node.clock.now()))
    for asks, answers in ((ours, other), (other, ours)):
        case, request = finds(asks)
        drafted = asking(case, request, answers)
        name = draft_request(asking=drafted, actor=asks.analyst, bureau=asks.bureau, tables=catalogue()).name
        send_request(request=name, actor=asks.analyst, bureau=asks.bureau)
    other.hands_over(ours)
    acknowledge_inquiry(inquiry="TI-2026-000001", actor=ours.analyst, bureau=ours.bureau)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "list.csv"
        file.write_text(_LOST, "utf-8")
        import_lost_list(node, file, "XA", ours.analyst)


def plan_and_propose(node: Node) -> None:
    """Adopt a plan, propose a text for a meeting, and state how many took part in a course."""
    by: dict[str, Any] = {"actor": CONTACT, "stores": node.stores, "clock": node.clock}
    adopt_plan(draft=read_plan_toml(SALW, "plan.toml"), **by)
    text = review.Text("BMS10", "A plate", "XE", cite("BMS7 ITI.1"), "Every frame of polymer bears a plate.")
    review.record_proposal(text=text, calendar=calendar_of_state(), **by)
    cells = (StatedNumber(4, {"sex": "female"}), StatedNumber(21, {"sex": "male"}))
    stated = Statement("people.victims", 2025, cells)
    reporting.state_statistics(statements=[stated], document="yearly book", note="", **by)
