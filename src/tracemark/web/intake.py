import csv
import io
import logging
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connections
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from tracemark import intake, wording
from tracemark.authorities import Permission, may
from tracemark.intake import Grade, HeldState, Run
from tracemark.kernel import Actor, Refused
from tracemark.node import Node
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.forms.intake import UploadForm
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import spoken
from tracemark.web.trials import ROWS_A_PAGE, counted, finding_of, lines_of, report_plain
from tracemark.web.uploads import Upload, Uploads

IMPORTED_AT_ONCE_BYTES = 1024 * 1024
"""A larger file is imported in the background, while a page says how far it has come."""

_RUNS = 50
_EVERY_ROW = 1_000_000_000
_log = logging.getLogger(__name__)


_SEE_ROWS = (Permission.IMPORT_COMMIT, Permission.DUPLICATES_JUDGE)
"""Rows of an import may concern the weapons of any agency."""


@needs(Permission.IMPORT_DRY_RUN, Permission.DUPLICATES_JUDGE)
@require_http_methods(["GET", "POST"])
def imports(desk: Desk) -> HttpResponse:
    """Take a file in, and list what was imported before."""
    tries = may(desk.actor, Permission.IMPORT_DRY_RUN)
    form = UploadForm(desk.POST or None, desk.FILES or None) if tries else None
    if form and desk.method == "POST" and form.is_valid() and (handed_in := _handed_in(desk, form)):
        return redirect("import_trial", *handed_in)
    store = desk.node.stores.intake
    return page(
        desk,
        "web/intake/imports.html",
        422 if form and form.errors else 200,
        form=form,
        runs=store.runs(_RUNS),
        held=bool(store.page(state=HeldState.HELD, limit=1)),
    )


@needs(Permission.IMPORT_DRY_RUN)
@require_http_methods(["GET", "POST"])
def trial(desk: Desk, fingerprint: str, profile: str) -> HttpResponse:
    """Say row by row what an import would do; by POST, look again. A table that cannot be read says so here."""
    upload = _upload(desk, fingerprint, profile)
    if desk.method == "POST":
        upload.forget_report(profile)
        return redirect("import_trial", fingerprint, profile)
    report = upload.report(profile) or _tried(desk, upload, profile)
    at = number_of(desk.GET.get("from", ""))
    findings = report["findings"]
    following = at + ROWS_A_PAGE
    return page(
        desk,
        "web/intake/trial.html",
        upload=upload,
        profile=profile,
        report=report,
        grades=[(grade.value, report["grades"].get(grade.value, 0)) for grade in Grade],
        counts=counted(report["counts"]),
        about_table=[finding_of(each) for each in report["about_table"]],
        lines=lines_of(findings[at:following]),
        more=f"?from={following}#findings" if len(findings) > following else "",
        first="?from=0#findings" if at else "",
        finding_count=len(findings),
        busy=upload.busy,
    )


@needs(Permission.IMPORT_COMMIT)
@require_POST
def commit(desk: Desk, fingerprint: str, profile: str) -> HttpResponse:
    """Import a file that was tried, or go on with one that was interrupted; a large one in the background."""
    upload = _upload(desk, fingerprint, profile)
    ready = upload.ready(profile, desk.node)
    if upload.path.stat().st_size > IMPORTED_AT_ONCE_BYTES:
        waiting = (upload, profile, desk.actor, desk.node)
        name = f"import of {upload.fingerprint}"
        background = threading.Thread(target=_in_background, args=waiting, name=name, daemon=True)
        background.start()
        tell(desk, "web.intake.begun", file=upload.name)
        background.join(timeout=1)
    elif not _imported(upload, profile, desk.actor, desk.node):
        warn(desk, "web.intake.busy", file=upload.name)
    run = desk.node.stores.intake.find_run(ready.table.fingerprint, ready.profile.fingerprint)
    return redirect("import_run", run.id) if run else redirect("import_trial", fingerprint, profile)


@needs(Permission.IMPORT_DRY_RUN, Permission.DUPLICATES_JUDGE)
def run(desk: Desk, number: int) -> HttpResponse:
    """Show what came of an import, or how far it has come."""
    found = desk.node.stores.intake.run(number)
    counts: Any = found.counts
    upload, profile = _of_run(desk, found)
    return page(
        desk,
        "web/intake/run.html",
        run=found,
        counts=counts,
        grades=[(grade.value, counts.get("grades", {}).get(grade.value, 0)) for grade in Grade],
        found=counted(counts.get("findings", {})),
        upload=upload,
        profile=profile,
        sees_rows=any(may(desk.actor, each) for each in _SEE_ROWS),
        busy=bool(upload and upload.busy),
        held=len(desk.node.stores.intake.page(state=HeldState.HELD, run=number, limit=_RUNS)),
    )


@needs(*_SEE_ROWS)
def refused_rows(desk: Desk, number: int) -> HttpResponse:
    """Give the refused rows as CSV, one line for each thing that is wrong, to be mended and handed in again."""
    found = desk.node.stores.intake.run(number)
    rows = desk.node.stores.intake.page(state=HeldState.REFUSED, run=number, limit=_EVERY_ROW)
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(["row", "key", "field", "value", "code", "finding", "suggestion"])
    for each in rows:
        for line in lines_of(each.findings):
            said = wording.finding_text(line.finding, to=spoken())
            cells = (str(each.draft["key"]), line.field, line.value, line.finding.code, said, line.suggestion)
            lines.writerow([each.row, *map(intake.disarmed, cells)])
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{Path(found.table).stem}-refused.csv"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


def _handed_in(desk: Desk, form: UploadForm) -> tuple[str, str] | None:
    """Keep what was handed in and return its fingerprint and profile; None where the profile cannot be read."""
    try:
        own = form.own_profile()
        if own is not None:
            intake.read_profile(own, file="profile")
    except UnicodeDecodeError:
        form.add_error("own_file", form.fields["own_file"].error_messages["invalid"])
        return None
    except Refused as refused:
        form.refuse(refused)
        return None
    upload = _uploads(desk).keep(form.cleaned_data["file"])
    upload.read_at(form.cleaned_data["sheet"], form.cleaned_data["heading_row"] or 0)
    return upload.fingerprint, upload.own_profile(own) if own is not None else form.cleaned_data["profile"]


def _tried(desk: Desk, upload: Upload, profile: str) -> dict[str, Any]:
    report = intake.dry_run(
        intake=upload.ready(profile, desk.node),
        actor=desk.actor,
        stores=desk.node.stores,
        clock=desk.node.clock,
    )
    plain = report_plain(report)
    upload.keep_report(profile, plain)
    return plain


def _imported(upload: Upload, profile: str, actor: Actor, node: Node) -> bool:
    """Import a file and remove it; say whether nobody else is at it."""
    with upload.held() as free:
        if free:
            intake.import_table(intake=upload.ready(profile, node), actor=actor, stores=node.stores, clock=node.clock)
            upload.forget()
    return free


def _in_background(upload: Upload, profile: str, actor: Actor, node: Node) -> None:
    """What is sealed stays sealed: after a fault or an end of the process the same import goes on where it was."""
    try:
        _imported(upload, profile, actor, node)
    except Exception:  # noqa: BLE001 - nobody waits for this thread, so the log has to be told
        _log.exception("the import of %s stopped", upload.fingerprint)
    finally:
        connections.close_all()


def _of_run(desk: Desk, found: Run) -> tuple[Upload | None, str]:
    """Return the file of a run that has not finished, and the name of the profile it is read with."""
    if found.finished_at:
        return None, ""
    with suppress(FileNotFoundError):
        upload = _uploads(desk).find(found.file)
        for name in upload.profiles():
            # A profile of another format cannot read the file.
            with suppress(Refused):
                if upload.ready(name, desk.node).profile.fingerprint == found.profile_fingerprint:
                    return upload, name
    return None, ""


def _upload(desk: Desk, fingerprint: str, profile: str) -> Upload:
    try:
        upload = _uploads(desk).find(fingerprint)
        upload.profile(profile)
    except FileNotFoundError as error:
        raise Http404 from error
    return upload


def _uploads(desk: Desk) -> Uploads:
    return Uploads(desk.node.folder / "uploads")
