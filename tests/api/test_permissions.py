from collections.abc import Iterable

import pytest
from django.test import Client

from tests.api.conftest import As
from tests.api.operations import Operation, operations
from tracemark.api.access import Denied, Gate
from tracemark.api.door import api
from tracemark.api.urls import urlpatterns
from tracemark.authorities import Permission, Role, permissions_of

PUBLIC = {
    "contribute",
    "list_consultations",
    "list_contributions",
    "list_public_reports",
    "list_public_requests",
    "list_published_figures",
    "read_public_report",
    "read_receipt",
    "withdraw_contribution",
    "add_checkpoint",
    "answer_question",
    "cosigned_head",
    "list_event_kinds",
    "log_checkpoint",
    "log_tile",
    "prove_growth",
    "read_document",
    "read_head",
    "read_own_card",
    "read_paragraph",
    "seen_head",
    "tag_set",
    "tag_statement",
    "receive_envelope",
}
"""What everybody may call: hashes and signed heads, and what the State or this project publishes anyway.

Two ask for a signature instead of a token: whose head is to be cosigned, and who asks privately.
"""

ALSO: dict[str, tuple[str, ...]] = {
    "import_table": ("record.write", "record.stock", "recovery.write", "person.write"),
    "list_counted": ("record.read",),
    "search_for_inquiry": ("trace.read",),
    "confirm_answers": ("report.read",),
    "draw_report_again": ("report.read", "figure.read"),
    **dict.fromkeys(("read_review_table", "list_undertakings"), ("report.read", "target.read")),
    "read_meeting_dossier": ("review.read", "report.read", "target.read"),
}
"""What a room asks for besides: an import writes the kinds of event of its profile; what was counted, or reported, is
read."""

OPERATIONS = list(operations())
GUARDED = [each for each in OPERATIONS if not each.public]


def named(each: Operation) -> str:
    return each.name


def test_what_is_public_is_on_the_list() -> None:
    assert {each.name for each in OPERATIONS if each.public} == PUBLIC


def test_every_operation_stands_in_the_document_and_declares_whom_it_admits() -> None:
    bound = [
        each
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for each in view.operations
    ]
    assert sorted(each.operation_id or "" for each in bound) == sorted(map(named, OPERATIONS))
    known = {each.value for each in Permission} | {"public"}
    assert [each.name for each in OPERATIONS if not each.admits or each.admits - known] == []


def test_what_declares_nothing_is_denied() -> None:
    assert isinstance(api.auth, list)
    assert isinstance(api.auth[0], Denied)
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for each in view.operations:
                assert all(type(gate) is not Denied and isinstance(gate, Gate) for gate in each.auth_callbacks)


def test_every_address_belongs_to_an_operation_or_says_that_it_is_none() -> None:
    assert {str(each.pattern) for each in urlpatterns if not each.name} == {
        *("api/<path:rest>", "log/<path:rest>", "exchange/<path:rest>")
    }


@pytest.mark.parametrize("operation", GUARDED, ids=named)
def test_a_stranger_is_asked_for_a_token(operation: Operation, stranger: Client) -> None:
    answer = operation.ask(stranger)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="tracemark"')


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_each_role_does_what_its_permissions_say_and_nothing_else(operation: Operation, caller: As) -> None:
    admitted = {role for role in Role if operation.public or operation.admits & permissions_of([role.value])}
    denied = {role for role in Role if operation.ask(caller(role)).status_code == 403}
    assert denied == set(Role) - admitted


@pytest.mark.parametrize("operation", OPERATIONS, ids=named)
def test_each_scope_opens_what_it_names_and_nothing_else(operation: Operation, caller: As) -> None:
    role, also = Role.REGISTRY_OFFICER, ALSO.get(operation.name, ())
    held = permissions_of([role.value])
    opening = held if operation.public else held & operation.admits

    def opened(scopes: Iterable[str]) -> bool:
        return operation.ask(caller(role, (*scopes, *also))).status_code not in {401, 403}

    assert [scope for scope in opening if not opened([scope])] == []
    assert operation.public or not opened(sorted(held - opening))


@pytest.mark.parametrize("operation", GUARDED, ids=named)
def test_a_token_without_scopes_opens_nothing(operation: Operation, caller: As) -> None:
    assert {operation.ask(caller(role, ())).status_code for role in Role} == {403}
