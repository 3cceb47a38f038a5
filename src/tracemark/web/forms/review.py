from typing import Any

from django import forms

from tracemark import node as doing
from tracemark import wording
from tracemark.review import Position, Settlement, Stance, Text
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.targets import CitationField
from tracemark.web.said import said, spoken

_MOST = 4_000


def _line(name: str, *, required: bool = True, most: int = 300) -> forms.CharField:
    return forms.CharField(label=said(f"review.field_{name}"), required=required, max_length=most)


def _long(name: str, *, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=said(f"review.field_{name}"), required=required, max_length=_MOST, widget=widget)


def _meetings() -> list[tuple[str, str]]:
    """The meetings, the newest first."""
    found = list(doing.calendar_of_state().meetings.values())[::-1]
    return [(each.code, wording.meeting_text(each.kind.value, each.number, to=spoken())) for each in found]


class ProposalForm(DeskForm):
    """A proposal for a meeting: who proposes what on which undertaking."""

    meeting = forms.ChoiceField(label=said("review.field_meeting"), choices=_meetings)
    undertaking = CitationField(label=said("review.field_paragraph"), help_text=said("web.review.paragraph_hint"))
    title = _line("title")
    proposed_by = _line("proposed_by", most=120)
    said_text = _long("text", required=True)
    symbol = _line("symbol", required=False, most=120)

    def text(self) -> Text:
        """Return what was typed."""
        told = self.cleaned_data
        return Text(
            told["meeting"],
            told["title"],
            told["proposed_by"],
            told["undertaking"],
            told["said_text"],
            told["symbol"],
        )


class TextForm(ProposalForm):
    """Another text of a proposal, and why."""

    reason = _long("reason", required=True)


class PositionForm(DeskForm):
    """What a State or a group says to a proposal."""

    by = _line("by", most=120)
    stance = forms.ChoiceField(label=said("review.field_position"), choices=choices(Stance, "review.stance"))
    reason = _long("reason")
    instructions = _long("instructions")

    def position(self) -> Position:
        """Return what was typed."""
        told = self.cleaned_data
        return Position(told["by"].strip(), Stance(told["stance"]), told["reason"], told["instructions"])


class SettleForm(DeskForm):
    """What became of a proposal."""

    settled = forms.ChoiceField(label=said("review.field_outcome"), choices=choices(Settlement, "review.settled"))
    reason = _long("reason", required=True)

    def outcome(self) -> Settlement:
        """Return what was chosen."""
        return Settlement(self.cleaned_data["settled"])


def text_initial(text: Text) -> dict[str, Any]:
    """Return a proposal's text as its form begins with it."""
    told = {name: str(getattr(text, name)) for name in ("meeting", "title", "proposed_by", "undertaking", "symbol")}
    return {**told, "said_text": text.text}
