"""The desk of the point of contact for what others say: what waits, and the decision on each."""

from collections.abc import Callable
from itertools import islice

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import participation
from tracemark.authorities import Permission, may, require
from tracemark.kernel import Refused
from tracemark.participation import Contribution
from tracemark.web.access import Desk, needs
from tracemark.web.forms.contributions import ContributionStepForm
from tracemark.web.once import sealed_once
from tracemark.web.pages import page, tell
from tracemark.web.steps import say_refused, step_of

_SHOWN = 200
_STEPS: dict[str, tuple[Permission, frozenset[str]]] = {
    "accept": (Permission.CONTRIBUTION_JUDGE, frozenset({"received", "refused"})),
    "refuse": (Permission.CONTRIBUTION_JUDGE, frozenset({"received", "accepted"})),
    "answer": (Permission.CONTRIBUTION_JUDGE, frozenset({"accepted", "refused"})),
    "erase": (Permission.PERSON_ERASE_PROPOSE, frozenset({"received", "accepted", "refused", "withdrawn"})),
}
"""What each step asks of the actor, and how the contribution stands when the page offers it."""


@needs(Permission.CONTRIBUTION_READ)
def contributions(desk: Desk) -> HttpResponse:
    """List what others said, what waits first, with how many there are of each standing."""
    found = list(islice(participation.contributions(actor=desk.actor, stores=desk.node.stores), _SHOWN))
    ordered = sorted(found, key=lambda each: each.standing != "received")
    return page(desk, "web/contributions/list.html", found=ordered, waiting=_waiting(found))


@needs(Permission.CONTRIBUTION_READ)
@require_http_methods(["GET", "POST"])
def contribution(desk: Desk, name: str) -> HttpResponse:
    """Show what somebody said, noting who read it, and take the next step."""
    known = _known(desk, name)
    step = step_of(desk, _STEPS)
    forms = {each: ContributionStepForm(desk.POST if each == step else None, prefix=each) for each in _STEPS}
    offered = [
        each for each, (asked, standings) in _STEPS.items() if may(desk.actor, asked) and known.standing in standings
    ]
    if step and forms[step].is_valid():
        require(desk.actor, _STEPS[step][0])
        try:
            sealed_once(desk, lambda: _take(desk, name, step, forms[step].cleaned_data["note"]))
        except Refused as refused:
            say_refused(forms[step], refused, offered=step in offered)
        except KeyError:
            raise Http404 from None
        else:
            return redirect("contribution", name)
    words = participation.contribution_words(
        name=name, purpose=f"moderation {name}", actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )
    return page(
        desk,
        "web/contributions/contribution.html",
        422 if any(form.errors for form in forms.values()) else 200,
        known=known,
        words=words,
        of_report=known.about.startswith("NR-"),
        of_consultation=known.about.startswith(participation.CONSULTATION),
        steps=[(each, forms[each]) for each in offered],
    )


def _known(desk: Desk, name: str) -> Contribution:
    try:
        return participation.contribution_named(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _take(desk: Desk, name: str, step: str, note: str) -> None:
    _TAKEN[step](desk, name, note)
    tell(desk, f"web.contributions.done_{step}", contribution=name)


def _waiting(found: list[Contribution]) -> int:
    return sum(each.standing == "received" for each in found)


def _accept(desk: Desk, name: str, note: str) -> None:
    participation.accept_contribution(
        name=name, note=note, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )


def _refuse(desk: Desk, name: str, note: str) -> None:
    participation.refuse_contribution(
        name=name, reason=note, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )


def _answer(desk: Desk, name: str, note: str) -> None:
    participation.answer_contribution(
        name=name, note=note, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )


def _erase(desk: Desk, name: str, note: str) -> None:
    participation.erase_contribution(
        name=name, legal_basis=note, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock
    )


_TAKEN: dict[str, Callable[[Desk, str, str], None]] = {
    "accept": _accept,
    "refuse": _refuse,
    "answer": _answer,
    "erase": _erase,
}
