"""The next steps that a page of a licence, a certificate or a consignment offers: a form each, and what it seals."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from tracemark.authorities import NotPermitted, Permission, may
from tracemark.kernel import Refused
from tracemark.recordkeeping import EventKind, event_kinds
from tracemark.web.access import Desk
from tracemark.web.forms.desk import DeskForm


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
        form = step.form(desk.POST, auto_id=f"id_{slug}_%s")
        if form.is_valid():
            try:
                step.act(desk, name, form)
            except NotPermitted:
                raise
            except Refused as refused:
                form.refuse(refused)
        return (slug, form) if form.errors else None

    def kind(self, slug: str) -> EventKind:
        """Return the kind of event that a step seals."""
        return self._steps[slug].kind


def by(desk: Desk) -> dict[str, Any]:
    """Return who acts, on which stores, and when."""
    return {"actor": desk.actor, "stores": desk.node.stores, "clock": desk.node.clock}


def _initial(desk: Desk) -> dict[str, str]:
    return {"on": desk.node.clock.now().date().isoformat()}
