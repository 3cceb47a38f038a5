from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from tracemark import wording
from tracemark.practices import MOST_TEXT, TELLS, Backing, Content, PracticeSubject, Telling
from tracemark.targets import Plan
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.fields import choices
from tracemark.web.forms.targets import CitationsField, DayField
from tracemark.web.said import said

_LONGEST_LINE, _LONGEST_LIST = 200, 4_000


def _long(code: str, *, required: bool = True, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=said(code), required=required, max_length=MOST_TEXT, widget=widget)


class PracticeForm(DeskForm):
    """A practice in one language, with what holds in all of them."""

    subject = forms.ChoiceField(label=said("practices.subject"), choices=choices(PracticeSubject, "practices.subject"))
    language = forms.ChoiceField(
        label=said("practices.language"), choices=[(each.code, each.name) for each in wording.LANGUAGES]
    )
    title = forms.CharField(label=said("practices.tells_title"), max_length=_LONGEST_LINE)
    context = _long("practices.tells_context")
    done = _long("practices.tells_done", rows=6)
    evidence = _long("practices.tells_evidence", required=False)
    cost = _long("practices.tells_cost", required=False, rows=2)
    backing = forms.ChoiceField(label=said("practices.backing"), choices=choices(Backing, "practices.backing"))
    as_of = DayField(label=said("practices.as_of"))
    commitments = CitationsField(
        label=said("practices.commitments"),
        help_text=said("practices.commitments_hint"),
        max_length=400,
        widget=forms.TextInput(attrs={"class": "mark", "dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )
    sources = forms.CharField(
        label=said("practices.sources"),
        help_text=said("practices.sources_hint"),
        max_length=_LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def content(self, known: Content | None, state: str) -> Content:
        """Return what was filled in; other languages of a known practice stay."""
        given = self.cleaned_data
        telling = Telling(**{name: given[name].strip() for name in TELLS})
        told = Content(
            subject=PracticeSubject(given["subject"]),
            tellings={**(known.tellings if known else {}), given["language"]: telling},
            backing=Backing(given["backing"]),
            as_of=given["as_of"],
            state=known.state if known else state,
            commitments=given["commitments"],
            sources=tuple(each.strip() for each in given["sources"].splitlines() if each.strip()),
        )
        return replace(told, origin=known.origin) if known else told


class PracticeRevisionForm(PracticeForm):
    """A practice in one language as it is to be, and why."""

    reason = _long("recordkeeping.detail_reason", rows=2)


def practice_initial(content: Content | None, language: str, today: date) -> dict[str, Any]:
    """Return a practice as its form shows it in a language."""
    if content is None:
        return {"language": language, "as_of": today.isoformat(), "backing": Backing.EXPERIENCE.value}
    telling = content.tellings.get(language, Telling(""))
    return {
        "subject": content.subject.value,
        "language": language,
        "backing": content.backing.value,
        "as_of": content.as_of.isoformat(),
        "commitments": ", ".join(map(str, content.commitments)),
        "sources": "\n".join(content.sources),
        **{name: getattr(telling, name) for name in TELLS},
    }


class PracticeSearchForm(DeskForm):
    """What is looked for in the library."""

    every_field_optional = True

    words = forms.CharField(label=said("practices.words"), required=False, max_length=_LONGEST_LINE)
    subject = forms.ChoiceField(
        label=said("practices.subject"),
        required=False,
        choices=choices(PracticeSubject, "practices.subject", any_code="web.words.any"),
    )


class AdoptForm(DeskForm):
    """Which plan takes a practice up, and who does it."""

    key = forms.CharField(max_length=_LONGEST_LINE, widget=forms.HiddenInput())
    plan = forms.ChoiceField(label=said("practices.plan"))
    owner = forms.CharField(
        label=said("web.plans.owner"),
        help_text=said("web.forms.holder_hint"),
        max_length=_LONGEST_LINE,
        widget=forms.TextInput(attrs={"class": "mark", "dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, plans: list[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.name, f"{each.name} {each.frame.title}") for each in plans if each.standing == "running"]
        self.fields["plan"].choices = listed  # type: ignore[attr-defined]


class NothingForm(DeskForm):
    """Nothing is asked."""


class PracticeReasonForm(DeskForm):
    """Why a step is taken."""

    reason = _long("recordkeeping.detail_reason", rows=2)


class PracticeNoteForm(DeskForm):
    """How a practice went."""

    note = _long("practices.tells_experience", rows=3)


class ReviewForm(DeskForm):
    """What a reviewer adds."""

    note = _long("practices.review_note", required=False, rows=2)


class SharePracticeForm(DeskForm):
    """Which node is told."""

    to = forms.ChoiceField(label=said("practices.to_node"))
