from collections.abc import Iterable
from typing import Any

from django import forms

from tracemark.authorities import Agency, visible_agencies
from tracemark.kernel import Actor
from tracemark.recordkeeping import dossier_standings
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.said import said


class ListForm(DeskForm):
    """Which dossiers of a kind are listed: of which standing, or overdue, and of which agency."""

    every_field_optional = True
    LATE = "late"

    standing = forms.ChoiceField(label=said("web.lists.standing"), required=False)
    authority = forms.ChoiceField(label=said("web.lists.authority"), required=False)

    def __init__(
        self, *args: Any, kind: str, dated: bool, agencies: Iterable[Agency], actor: Actor, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        standings = choices(dossier_standings(kind), "recordkeeping.standing", any_code="web.words.any")
        late: list[tuple[str, object]] = [(self.LATE, said("web.lists.late"))] * dated
        known = sorted(agencies, key=lambda each: each.name)
        seen = visible_agencies(actor, known)
        offered = [(each.code, f"{each.name} ({each.code})") for each in known if each.code in seen]
        self.fields["standing"].choices = [standings[0], *late, *standings[1:]]  # type: ignore[attr-defined]
        self.fields["authority"].choices = [("", said("web.words.any")), *offered]  # type: ignore[attr-defined]

    def given(self) -> dict[str, str]:
        """Return what is asked for; what nobody knows asks for nothing."""
        told = self.cleaned_data if self.is_valid() else {}
        return {name: value for name, value in told.items() if value}
