from collections import Counter

from tests.demo.test_stories import ANALYST
from tracemark import recordkeeping, tracing
from tracemark.kernel import findings
from tracemark.node import Node
from tracemark.tracing import COMPLETENESS_RULES, Outcome, Priority, TraceCase


def cases(node: Node) -> list[TraceCase]:
    return tracing.case_page(actor=ANALYST, stores=node.stores)


def test_the_desk_has_cases_at_every_stage(demo_node: Node) -> None:
    found = cases(demo_node)
    in_vain = [each for each in found if each.outcome is Outcome.NOT_IN_REGISTER]
    assert Counter(each.state.value for each in found) == {"open": 15, "judged": 3, "answered": 6 + len(in_vain)}
    assert Counter(each.outcome for each in found if each.outcome) == {
        Outcome.TRACED: 6,
        Outcome.NOT_IN_REGISTER: len(in_vain),
    }
    assert sum(each.request.priority is Priority.URGENT for each in found) == 3
    lacking = [{finding.code for finding in findings(COMPLETENESS_RULES, each.request)} for each in found]
    assert sum("tracing.legal_basis_missing" in each for each in lacking) == 3
    assert len({each.opened_at for each in found}) == len(found)


def test_a_recovery_says_what_was_read_and_seen_of_the_weapon(demo_node: Node) -> None:
    for case in cases(demo_node):
        first = demo_node.stores.records.of_weapon(case.request.recovered)[0]
        state = recordkeeping.fold(case.request.recovered, [first])
        assert [mark.text for mark in state.marks] == [each.text for each in case.request.readings]
        assert state.description.kind == case.request.kind
