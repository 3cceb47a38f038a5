"""The next steps that a page of a licence, a certificate or a consignment offers: a form each, and what it seals."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404

from tracemark.authorities import NotPermitted, Permission, may
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind, event_kinds
from tracemark.transfers import DossierStep
from tracemark.web.access import Desk
from tracemark.web.forms.desk import DeskForm
from tracemark.web.once import sealed_once

Noun = TypeVar("Noun")
Former = tuple[object, str]
"""The label of a detail, and what it said."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: the kind of event it seals, the form it asks for, and the action it calls with what was typed."""

    kind: EventKind
    form: type[DeskForm]
    act: Callable[[Desk, str, Any], object]

    @property
    def permission(self) -> Permission:
        """What it needs."""
        return Permission(event_kinds()[self.kind].permission)

    def follows(self, standing: str) -> bool:
        """Whether it may follow where a dossier stands."""
        follows = event_kinds()[self.kind].follows
        return not follows or standing in follows


@dataclass(frozen=True, slots=True)
class Offered:
    """A step as a page offers it."""

    slug: str
    kind: str
    form: DeskForm

    @property
    def ends(self) -> bool:
        """Whether it ends the dossier, so that a page does not put it forward."""
        return self.slug in _ENDS


_ENDS = frozenset({"refuse", "revoke", "close", "cancel", "decline"})


class Steps:
    """The steps of one kind of dossier, by the word that stands in the address."""

    def __init__(self, steps: Mapping[str, Step]) -> None:
        self._steps = steps

    def offered(self, desk: Desk, standing: str, tried: tuple[str, DeskForm] | None = None) -> Iterator[Offered]:
        """Yield the steps that may follow and that the reader may take; `tried` is one that was refused."""
        for slug, each in self._steps.items():
            if tried is not None and slug == tried[0]:
                yield Offered(slug, each.kind.value, tried[1])
            elif each.follows(standing) and may(desk.actor, each.permission):
                form = each.form(initial=_initial(desk), auto_id=f"id_{slug}_%s")
                yield Offered(slug, each.kind.value, form)

    def take(self, desk: Desk, slug: str, name: str) -> tuple[str, DeskForm] | None:
        """Take a step with what was sent, and return None; or return it with its form, where it was refused.

        Raises:
            Http404: there is no such step.
            NotPermitted: the reader may not take it.
        """
        step = self._steps.get(slug)
        if step is None:
            raise Http404
        form = step.form(desk.POST, desk.FILES, auto_id=f"id_{slug}_%s")
        if form.is_valid():
            try:
                sealed_once(desk, lambda: self._sealed(step, desk, name, form))
            except NotPermitted:
                raise
            except Refused as refused:
                form.refuse(refused)
        return (slug, form) if form.errors else None

    def _sealed(self, step: Step, desk: Desk, name: str, form: DeskForm) -> bool:
        step.act(desk, name, form)
        return True

    def kind(self, slug: str) -> EventKind:
        """Return the kind of event that a step seals."""
        return self._steps[slug].kind


def formerly(
    texts: Sequence[Mapping[str, Any]], steps: Sequence[DossierStep], labels: Mapping[str, object]
) -> list[tuple[DossierStep, list[Former]]]:
    """Return by revision what each detail with a label said before it; `texts` come in turn, the present one last."""
    revisions = [each for each in steps if each.kind in (EventKind.LICENCE_REVISED, EventKind.CERTIFICATE_REVISED)]
    return [
        (step, list(_changes(before, after, labels)))
        for step, before, after in zip(revisions, texts, texts[1:], strict=False)
    ]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], labels: Mapping[str, object]) -> Iterator[Former]:
    for name, label in labels.items():
        if before.get(name) != after.get(name):
            yield label, _plain_text(before.get(name))


def _plain_text(value: object) -> str:
    """Write a former value: lists part by part, and "" for what was not said."""
    if isinstance(value, dict):
        return ", ".join(map(_plain_text, value.values()))
    if isinstance(value, list):
        return "; ".join(map(_plain_text, value))
    return "" if value is None else str(value)


def taken(desk: Desk, form: DeskForm, act: Callable[[], Noun]) -> Noun | None:
    """Seal what a form was sent for, once, and return what came of it; None where it was not, and the form says why."""
    if desk.method != "POST" or not form.is_valid():
        return None
    try:
        return sealed_once(desk, act)
    except Refused as refused:
        form.refuse(refused)
    return None


def by(desk: Desk) -> dict[str, Any]:
    """Return who acts, on which stores, and when."""
    return {"actor": desk.actor, "stores": desk.node.stores, "clock": desk.node.clock}


def _initial(desk: Desk) -> dict[str, str]:
    return {"on": desk.node.clock.now().date().isoformat()}
