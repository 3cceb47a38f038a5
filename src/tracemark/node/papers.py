from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tracemark import (
    documents,
    fellowship,
    marking,
    practices,
    recordkeeping,
    reporting,
    review,
    stockpiles,
    targets,
    tracing,
    transfers,
    wording,
)
from tracemark.authorities import Permission, require
from tracemark.kernel import Actor, Clock, instant_text
from tracemark.marking import MarkingPlan
from tracemark.node.ports import Stores

ReportFile = Literal["pdf", "docx", "xlsx", "json"]
PlanFile = Literal["pdf", "docx", "xlsx"]
PracticeFile = Literal["pdf", "docx"]
MeetingFile = Literal["pdf", "docx", "json"]


@dataclass(frozen=True, slots=True)
class Papers:
    """What a node prints, as PDF, in the reader's language. `names` are those of agencies by code."""

    state: str
    stores: Stores
    clock: Clock
    names: Mapping[str, str]

    def label_sheet(self, plan: MarkingPlan, title: str, actor: Actor, language: str = "en") -> bytes:
        """Set the tags of a marking session as a PDF.

        Raises:
            NotPermitted: the actor may not plan marks.
        """
        require(actor, Permission.MARKING_PLAN)
        bearers = self.stores.register.states(line.weapon for line in plan.lines)
        return documents.label_sheet(marking.labels_of(plan, bearers), title=title, to=language)

    def trace_report(self, case: str, actor: Actor, language: str = "en") -> bytes:
        """Set a trace's report as a PDF, with the head of the record at which it was drawn.

        Raises:
            NotPermitted: the actor may not report on traces.
            KeyError: there is no such case.
        """
        require(actor, Permission.TRACE_REPORT)
        with self.stores.snapshot():
            standing = tracing.trace_case(case=case, actor=actor, stores=self.stores)
            identified = standing.identified_as
            read = self._record_reader(actor)
            report = documents.TraceReport(
                case=standing,
                recovered=read(standing.request.recovered),
                identified=read(identified) if identified else None,
                state=wording.state_text(self.state, to=language),
                drawn_by=actor.name,
                authority=actor.authority,
                drawn_at=instant_text(self.clock.now()),
                head=str(self.stores.records.head() or ""),
                names=self.names,
            )
        return documents.trace_report(report, to=language)

    def certificate_paper(self, name: str, actor: Actor, language: str = "en") -> bytes:
        """Set a signed end-user certificate as a PDF, with the token that another State can check in a QR code.

        Raises:
            NotPermitted: the actor may not read licences, or does not see this one's authority.
            KeyError: there is no such certificate, or it was not signed.
        """
        found = transfers.certificate(name=name, actor=actor, stores=self.stores)
        if not found.token:
            raise KeyError(name)
        return documents.certificate_paper(found, to=language)

    def fellow_certificate(self, nomination: str, actor: Actor, language: str = "en") -> bytes:
        """Set a fellow's certificate as a PDF, with the signed token in a QR code; that the name was read is noted.

        Raises:
            NotPermitted: the actor may not write fellowships, or may not read personal data.
            KeyError: there is no such nomination, or it was not certified.
            FellowshipRefused: who it is was erased.
        """
        by: dict[str, Any] = {"actor": actor, "stores": self.stores, "clock": self.clock}
        told, token = fellowship.fellow_certificate(nomination=nomination, **by)
        return documents.fellow_paper(told, token, to=language)

    def count_sheet(self, count: str, actor: Actor, language: str = "en") -> bytes:
        """Set the paper on which a site is counted as a PDF, without what is expected.

        Raises:
            NotPermitted: the actor may not read the record, or does not see the site.
            KeyError: there is no such count.
        """
        known, site = stockpiles.count_and_site(count=count, actor=actor, stores=self.stores)
        return documents.count_sheet(known, site, self._drawn(actor, language), to=language)

    def destruction_certificate(self, destruction: str, actor: Actor, language: str = "en") -> bytes:
        """Set the certificate of a destruction as a PDF, with the head of the record at which it was drawn.

        Raises:
            NotPermitted: the actor may not read the record, or does not see whose weapons they were.
            KeyError: there is no such destruction, or it is not certified.
        """
        with self.stores.snapshot():
            record = stockpiles.destruction_record(destruction=destruction, actor=actor, stores=self.stores)
            drawn = self._drawn(actor, language)
        if not record.destruction.certified_by:
            raise KeyError(destruction)
        return documents.destruction_certificate(record.destruction, record.weapons, drawn, to=language)

    def report(self, name: str, form: ReportFile, actor: Actor, language: str = "en", edition: str = "") -> bytes:
        """Write a report of the State as a file, laid out in its own edition of the form or in another.

        Raises:
            NotPermitted: the actor may not read reports.
            KeyError: there is no such report, or no such edition (`NoSuchEdition`).
        """
        known = reporting.report(name=name, actor=actor, stores=self.stores)
        return self._report_file(known, form, actor, language, edition)

    def public_report(self, name: str, form: ReportFile, language: str = "en") -> bytes:
        """Write what is public of a report as a file.

        Raises:
            KeyError: there is no such report, or it is not public.
        """
        known = reporting.public_report_named(name, self.stores, self.clock.now().date())
        return self._report_file(known, form, Actor("", known.authority, frozenset()), language)

    def public_words(self, name: str, language: str = "en") -> documents.ReportWords:
        """Say what is public of a report, in the order of its form.

        Raises:
            KeyError: there is no such report, or it is not public.
        """
        known = reporting.public_report_named(name, self.stores, self.clock.now().date())
        drawn = self._drawn(Actor("", known.authority, frozenset()), language)
        return documents.report_words(known, known.in_edition(), drawn, to=language)

    def _report_file(
        self, known: reporting.Report, form: ReportFile, actor: Actor, language: str, edition: str = ""
    ) -> bytes:
        laid_out, drawn = known.in_edition(edition), self._drawn(actor, language)
        if form == "json":
            return documents.report_json(known, laid_out, to=language)
        if form == "pdf":
            return documents.national_report(known, laid_out, drawn, to=language)
        words, spoken = documents.report_words(known, laid_out, drawn, to=language), wording.language(language)
        if form == "docx":
            return documents.report_document(words, drawn.state, spoken)
        return documents.report_workbook(words, spoken)

    def plan_year(self, name: str, year: int, form: PlanFile, actor: Actor, language: str = "en") -> bytes:
        """Write a plan's report on a year as a file, with the targets that its activities serve.

        Raises:
            NotPermitted: the actor may not see plans.
            KeyError: there is no such plan.
        """
        plan = targets.plan_record(plan=name, actor=actor, stores=self.stores)
        names = sorted({each for work in plan.works.values() for each in work.activity.targets})
        by: dict[str, Any] = {"actor": actor, "stores": self.stores, "clock": self.clock}
        served = [targets.target_record(target=each, **by) for each in names]
        found, drawn = targets.plan_year(plan, year, self.clock.now().date()), self._drawn(actor, language)
        if form == "pdf":
            return documents.plan_year_report(plan, found, served, drawn, to=language)
        words = documents.plan_year_words(plan, found, served, drawn, to=language)
        if form == "docx":
            return documents.report_document(words, drawn.state, wording.language(language))
        return documents.report_workbook(words, wording.language(language))

    def good_practice(
        self,
        subject: practices.PracticeSubject,
        entries: Sequence[practices.LibraryEntry],
        found: practices.Durability | None,
        form: PracticeFile,
        actor: Actor,
        language: str = "en",
    ) -> bytes:
        """Write the document of good practice on a subject; `found` is how long marks last, None where it is not asked.

        Raises:
            NotPermitted: the actor may not see practices.
        """
        require(actor, Permission.PRACTICE_READ)
        drawn = self._drawn(actor, language)
        if form == "pdf":
            return documents.good_practice_report(subject, entries, found, drawn, to=language)
        return documents.good_practice_document(subject, entries, found, drawn, to=language)

    def meeting_words(
        self, dossier: review.MeetingDossier, meeting: review.Meeting, actor: Actor, language: str = "en"
    ) -> documents.ReportWords:
        """Say a dossier for a meeting, section by section.

        Raises:
            NotPermitted: the actor may not read what is prepared for meetings.
        """
        require(actor, Permission.REVIEW_READ)
        return documents.meeting_words(dossier, meeting, self._drawn(actor, language), to=language)

    def meeting_file(
        self,
        dossier: review.MeetingDossier,
        meeting: review.Meeting,
        form: MeetingFile,
        actor: Actor,
        language: str = "en",
        name: str = "",
    ) -> bytes:
        """Write a dossier for a meeting as a file; `name` is that under which it was kept, "" where it was not.

        Raises:
            NotPermitted: the actor may not read what is prepared for meetings.
        """
        if form == "json":
            require(actor, Permission.REVIEW_READ)
            return documents.meeting_json(dossier)
        require(actor, Permission.REVIEW_READ)
        drawn = self._drawn(actor, language)
        if form == "docx":
            words = documents.printed_meeting_words(dossier, meeting, drawn, to=language)
            return documents.report_document(words, drawn.state, wording.language(language))
        return documents.meeting_paper(dossier, meeting, drawn, name or meeting.code, to=language)

    def _drawn(self, actor: Actor, language: str) -> documents.Drawn:
        head, at = str(self.stores.records.head() or ""), instant_text(self.clock.now())
        return documents.Drawn(wording.state_text(self.state, to=language), actor.name, at, head, self.names)

    def _record_reader(self, actor: Actor) -> Callable[..., recordkeeping.WeaponRecord]:
        return lambda weapon: recordkeeping.weapon_record(weapon=weapon, actor=actor, stores=self.stores)
