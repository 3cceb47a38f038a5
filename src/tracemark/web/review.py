"""The review cycle: the outcome's table with live numbers, meetings and their dossiers, undertakings, proposals."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import instruments, review, wording
from tracemark import node as doing
from tracemark.authorities import Permission, may
from tracemark.kernel import Citation, Refused
from tracemark.node import MeetingFile
from tracemark.recordkeeping import EventKind
from tracemark.review import Calendar, FrameCell, KeptDossier, Meeting, Number, Proposed, Standing, UndertakingStatus
from tracemark.web.access import Desk, needs
from tracemark.web.dossier_steps import Step, Steps, by
from tracemark.web.forms.desk import DeskForm
from tracemark.web.forms.review import PositionForm, ProposalForm, SettleForm, TextForm, text_initial
from tracemark.web.navigation import navigation_of
from tracemark.web.once import sealed_once, ticket_of
from tracemark.web.pages import page, tell
from tracemark.web.reports import TYPES, file_answer
from tracemark.web.said import spoken

FILES: tuple[MeetingFile, ...] = ("pdf", "docx", "json")


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of the outcome's table: its numbers, its desks as (code, URL name), how its undertakings stand."""

    cell: FrameCell
    numbers: tuple[Number, ...]
    desks: tuple[tuple[str, str], ...]
    undertakings: tuple[UndertakingStatus, ...]

    @property
    def standings(self) -> list[tuple[Standing, int]]:
        """How many of its undertakings stand how, those that occur."""
        return [(each, count) for each, count in review.standings_of(self.undertakings).items() if count]


@needs(Permission.REVIEW_READ)
def review_table(desk: Desk) -> HttpResponse:
    """Show the summary table of the outcome with live numbers; every cell leads to the desks behind it."""
    frame, calendar = review.frame(), doing.calendar_of_state()
    live = doing.live_numbers(desk.node, (*frame.numbers, *review.evidence_names(), *review.COUNTS), desk.actor)
    stands = {each.citation: each for each in doing.undertaking_statuses(desk.node, desk.actor, numbers=live)}
    opened = {entry.url: entry.code for _, entries in navigation_of(desk.actor, desk.node.level) for entry in entries}
    rows = [(row, [_shown(each, live, stands, opened) for each in frame.row(row)]) for row in frame.rows]
    today = desk.node.clock.now().date()
    return page(
        desk,
        "web/review/table.html",
        rows=rows,
        columns=frame.columns,
        year=today.year - 1,
        coming=calendar.next_after(today),
        last=_last(calendar, desk),
        figures=may(desk.actor, Permission.FIGURE_READ),
    )


def _last(calendar: Calendar, desk: Desk) -> Meeting | None:
    """The last meeting that is over."""
    today = desk.node.clock.now().date()
    over = [each for each in calendar.meetings.values() if each.last.last < today and each.kind in review.REVIEWING]
    return over[-1] if over else None


def _shown(
    cell: FrameCell, live: dict[str, Number], stands: dict[Citation, UndertakingStatus], opened: dict[str, str]
) -> ShownCell:
    return ShownCell(
        cell,
        tuple(live[name] for name in cell.numbers),
        tuple((opened[url], url) for url in cell.desks if url in opened),
        tuple(stands[each] for each in cell.paragraphs if each in stands),
    )


@needs(Permission.REVIEW_READ)
def review_meetings(desk: Desk) -> HttpResponse:
    """List the meetings of States, the newest first."""
    found = list(doing.calendar_of_state().meetings.values())[::-1]
    return page(desk, "web/review/meetings.html", found=found, today=desk.node.clock.now().date())


@needs(Permission.REVIEW_READ)
def review_meeting(desk: Desk, code: str) -> HttpResponse:
    """Show a meeting: when and where, what it adopted, the dossiers kept for it, and the proposals."""
    meeting, calendar = _meeting(code), doing.calendar_of_state()
    return page(
        desk,
        "web/review/meeting.html",
        meeting=meeting,
        previous=calendar.before(meeting),
        kept=review.kept_dossiers(actor=desk.actor, stores=desk.node.stores, meeting=code),
        proposals=review.proposal_list(actor=desk.actor, stores=desk.node.stores, meeting=code),
        files=FILES,
        draws=may(desk.actor, Permission.FIGURE_READ),
    )


@needs(Permission.FIGURE_READ)
def meeting_dossier(desk: Desk, code: str) -> HttpResponse:
    """Show the dossier for a meeting as it would be drawn now."""
    meeting, subject = _meeting(code), desk.GET.get("for", "")
    drawn = _drawn(desk, code, subject)
    return page(
        desk,
        "web/review/dossier.html",
        meeting=meeting,
        dossier=drawn,
        words=desk.node.papers.meeting_words(drawn, meeting, desk.actor, spoken()),
        files=FILES,
        subject=subject,
        once=ticket_of(desk),
    )


@needs(Permission.FIGURE_READ)
def meeting_dossier_file(desk: Desk, code: str, form: str) -> HttpResponse:
    """Give the dossier for a meeting as a file, as it would be drawn now."""
    kind, to = _asked(desk, form)
    drawn = _drawn(desk, code, desk.GET.get("for", ""))
    content = desk.node.papers.meeting_file(drawn, _meeting(code), kind, desk.actor, to)
    return file_answer(content, TYPES[kind], f"{code}-{to}.{kind}")


@needs(Permission.REVIEW_WRITE)
@require_POST
def keep_meeting_dossier(desk: Desk, code: str) -> HttpResponse:
    """Seal the dossier for a meeting as it is drawn now."""
    _meeting(code)

    def seal() -> str:
        drawn = _drawn(desk, code, desk.POST.get("for", ""))
        name = review.keep_dossier(dossier=drawn, note=desk.POST.get("note", ""), **by(desk))
        tell(desk, "web.review.sealed", kind=EventKind.MEETING_DOSSIER_KEPT.value, name=name)
        return name

    sealed_once(desk, seal)
    return redirect("review_meeting", code)


@needs(Permission.REVIEW_READ)
def kept_meeting_dossier(desk: Desk, name: str, form: str) -> HttpResponse:
    """Give a dossier as it was kept, as a file."""
    kind, to = _asked(desk, form)
    known = _kept(desk, name)
    meeting = _meeting(known.dossier.meeting)
    content = desk.node.papers.meeting_file(known.dossier, meeting, kind, desk.actor, to, name)
    return file_answer(content, TYPES[kind], f"{name}-{to}.{kind}")


@needs(Permission.REVIEW_READ)
def review_undertakings(desk: Desk) -> HttpResponse:
    """Show how this State stands with each undertaking, and on what that rests."""
    found = doing.undertaking_statuses(desk.node, desk.actor)
    standing = desk.GET.get("standing", "")
    counted = [(each, number) for each, number in review.standings_of(found).items() if number]
    grouped: dict[str, list[UndertakingStatus]] = {}
    for each in found:
        if standing in ("", each.standing.value):
            grouped.setdefault(each.citation.instrument, []).append(each)
    known = instruments.shipped().instruments
    listed = [(known[code], [(each, _bases(each)) for each in group]) for code, group in grouped.items()]
    return page(desk, "web/review/undertakings.html", counted=counted, groups=listed, chosen=standing)


def _bases(status: UndertakingStatus) -> list[str]:
    return [wording.basis_text(each.plain(), to=spoken()) for each in status.basis]


STEPS = Steps(
    {
        "position": Step(
            EventKind.MEETING_POSITION_NOTED,
            PositionForm,
            lambda desk, name, form: review.note_position(
                name=name, position=form.position(), ours=desk.node.state, **by(desk)
            ),
        ),
        "revise": Step(
            EventKind.MEETING_PROPOSAL_REVISED,
            TextForm,
            lambda desk, name, form: review.revise_proposal(
                name=name,
                text=form.text(),
                reason=form.cleaned_data["reason"],
                calendar=doing.calendar_of_state(),
                **by(desk),
            ),
        ),
        "settle": Step(
            EventKind.MEETING_PROPOSAL_SETTLED,
            SettleForm,
            lambda desk, name, form: review.settle_proposal(
                name=name, outcome=form.outcome(), reason=form.cleaned_data["reason"], **by(desk)
            ),
        ),
    }
)


@needs(Permission.REVIEW_READ)
def review_proposals(desk: Desk) -> HttpResponse:
    """Show proposals with the positions to each, side by side."""
    found = review.proposal_list(actor=desk.actor, stores=desk.node.stores)
    takers = list(dict.fromkeys((desk.node.state, *(name for each in found for name in each.positions))))
    rows = [(each, [each.positions.get(name) for name in takers]) for each in found]
    return page(desk, "web/review/proposals.html", rows=rows, takers=takers)


@needs(Permission.REVIEW_WRITE)
@require_http_methods(["GET", "POST"])
def new_meeting_proposal(desk: Desk) -> HttpResponse:
    """Put a proposal for a meeting on record."""
    form = ProposalForm(desk.POST or None, initial={"meeting": desk.GET.get("meeting", "")})
    if desk.method == "POST" and form.is_valid():
        try:
            name = review.record_proposal(text=form.text(), calendar=doing.calendar_of_state(), **by(desk))
        except Refused as refused:
            form.refuse(refused)
        else:
            tell(desk, "web.review.sealed", kind=EventKind.MEETING_PROPOSAL_RECORDED.value, name=name)
            return redirect("meeting_proposal", name)
    return page(desk, "web/review/new_proposal.html", 422 if form.errors else 200, form=form)


@needs(Permission.REVIEW_READ)
def meeting_proposal(desk: Desk, name: str) -> HttpResponse:
    """Show a proposal with the positions to it, and what may be done."""
    return _proposal_shown(desk, name)


@needs(Permission.REVIEW_WRITE)
@require_POST
def meeting_proposal_step(desk: Desk, name: str, slug: str) -> HttpResponse:
    """Take a step of a proposal."""
    tried = STEPS.take(desk, slug, name)
    if tried is not None:
        return _proposal_shown(desk, name, tried)
    tell(desk, "web.review.sealed", kind=STEPS.kind(slug).value, name=name)
    return redirect("meeting_proposal", name)


def _proposal_shown(desk: Desk, name: str, tried: tuple[str, DeskForm] | None = None) -> HttpResponse:
    known = _proposal(desk, name)
    steps = list(STEPS.offered(desk, known.standing, tried))
    for each in steps:
        if not each.form.is_bound:
            each.form.initial = {"by": desk.node.state} if each.slug == "position" else text_initial(known.text)
    return page(
        desk,
        "web/review/proposal.html",
        422 if tried else 200,
        known=known,
        meeting=doing.calendar_of_state().meetings.get(known.text.meeting),
        steps=steps,
    )


def _meeting(code: str) -> Meeting:
    try:
        return doing.calendar_of_state().meeting(code)
    except KeyError:
        raise Http404 from None


def _drawn(desk: Desk, code: str, subject: str) -> review.MeetingDossier:
    try:
        return doing.meeting_dossier(desk.node, code, desk.actor, doing.calendar_of_state(), subject)
    except review.ReviewRefused:
        raise Http404 from None


def _kept(desk: Desk, name: str) -> KeptDossier:
    try:
        return review.kept_dossier(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _proposal(desk: Desk, name: str) -> Proposed:
    try:
        return review.proposal_record(name=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None


def _asked(desk: Desk, form: str) -> tuple[MeetingFile, str]:
    """Return the kind of file and the language that an address asks for."""
    kind: MeetingFile | None = next((each for each in FILES if each == form), None)
    to = desk.GET.get("language") or spoken()
    if kind is None or to not in [each.code for each in wording.LANGUAGES]:
        raise Http404
    return kind, to
