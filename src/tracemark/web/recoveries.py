from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tracemark import recordkeeping, tracing, wording
from tracemark.authorities import Permission
from tracemark.kernel import Finding, Refused
from tracemark.recordkeeping import RECOVERIES, EventKind, RegisterFilter, Sealed, Status, WeaponRecord
from tracemark.tracing import GROUND_PARAGRAPHS, Ground, Recovery, case_id
from tracemark.weapons import WeaponId
from tracemark.web.access import Desk, needs
from tracemark.web.converters import number_of
from tracemark.web.dossier_steps import by
from tracemark.web.forms.readings import asked_before
from tracemark.web.forms.recoveries import RecoveryForm, picture_type
from tracemark.web.lists import PAGE
from tracemark.web.once import sealed_before, sealed_once
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import spoken
from tracemark.web.traces import known_names
from tracemark.web.weapon import identified_as


@needs(Permission.RECOVERY_WRITE, Permission.TRACE_READ)
def recoveries(desk: Desk) -> HttpResponse:
    """List the weapons in custody: seized, found or surrendered, and neither given back nor destroyed."""
    after = WeaponId(number_of(desk.GET.get("after", "")))
    found = recordkeeping.register_page(
        wanted=RegisterFilter(status=Status.IN_CUSTODY),
        actor=desk.actor,
        stores=desk.node.stores,
        after=after,
        limit=PAGE + 1,
    )
    more = "?" + urlencode({"after": found[PAGE - 1].weapon}) if len(found) > PAGE else ""
    return page(desk, "web/recoveries/list.html", found=found[:PAGE], more=more, first="?" if after else "")


@needs(Permission.RECOVERY_WRITE)
@require_http_methods(["GET", "POST"])
def new_recovery(desk: Desk) -> HttpResponse:
    """Record a weapon that was seized, found or surrendered, under an identity of its own."""
    if address := sealed_before(desk):
        warn(desk, "web.words.sealed_before")
        return redirect(address)
    form, kept = _form(desk), list[str]()
    alike: list[WeaponId] = []
    if desk.method == "POST" and form.is_valid():
        kept = _kept(desk, form)
        recovery = form.recovery(kept)
        doubts, alike = _doubts(desk, recovery)
        if doubts and not form.cleaned_data["checked"]:
            for each in doubts:
                form.add_error("checked", wording.finding_text(each, to=spoken()))
        elif address := _recorded(desk, form, recovery):
            return redirect(address)
    status = 422 if form.errors else 200
    again = {"kept": kept, "alike": alike}
    return page(desk, "web/recoveries/new.html", status, form=form, known=known_names(), **again)


def _form(desk: Desk) -> RecoveryForm:
    initial = {
        "event": EventKind.SEIZED.value,
        "happened": desk.node.clock.now().date().isoformat(),
        "custodian": desk.actor.authority,
        **asked_before(desk.GET),
    }
    agencies = desk.node.stores.agencies.all()
    return RecoveryForm(desk.POST or None, desk.FILES or None, initial=initial, agencies=agencies)


def _kept(desk: Desk, form: RecoveryForm) -> list[str]:
    """Keep the pictures, so that a second try of the form need not send them again; return their fingerprints."""
    before = [each for each in form.cleaned_data["kept"] if desk.node.photo(each, desk.actor)]
    new = [desk.node.keep_photo(content, desk.actor) for content in form.cleaned_data["photos"]]
    return list(dict.fromkeys([*before, *new]))


def _doubts(desk: Desk, recovery: Recovery) -> tuple[list[Finding], list[WeaponId]]:
    """Return what makes one look twice before sealing, and the recoveries on record that this one looks like."""
    found = tracing.recovery_doubts(recovery=recovery, actor=desk.actor, stores=desk.node.stores, clock=desk.node.clock)
    return found, [WeaponId(int(str(each.facts["weapon"]))) for each in found if "weapon" in each.facts]


def _recorded(desk: Desk, form: RecoveryForm, recovery: Recovery) -> str:
    def seal() -> str:
        weapon = tracing.record_recovery(recovery=recovery, **by(desk))
        tell(desk, "web.recoveries.recorded", weapon=weapon)
        return reverse("recovery", args=[weapon])

    try:
        return sealed_once(desk, seal)
    except Refused as refused:
        form.refuse(refused)
    return ""


@needs(Permission.RECOVERY_WRITE, Permission.TRACE_READ)
def recovery(desk: Desk, weapon: WeaponId) -> HttpResponse:
    """Show how a weapon came to hand, and lead on to its trace."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    sealed = recovery_of(record)
    details = sealed.event.details
    grounds = [Ground(str(each)) for each in details.get("grounds", ())]  # type: ignore[union-attr]
    return page(
        desk,
        "web/recoveries/recovery.html",
        weapon=weapon,
        state=record.state,
        sealed=sealed,
        event=sealed.event,
        details=details,
        grounds=[(each.value, GROUND_PARAGRAPHS[each]) for each in grounds],
        cases=cases_on(record),
        identified_as=identified_as(record),
    )


@needs(Permission.RECOVERY_WRITE, Permission.TRACE_READ)
def recovery_photo(desk: Desk, weapon: WeaponId, fingerprint: str) -> HttpResponse:
    """Give a picture that the weapon's recovery names."""
    record = recordkeeping.weapon_record(weapon=weapon, actor=desk.actor, stores=desk.node.stores)
    if fingerprint not in recovery_of(record).event.details.get("photos", ()):  # type: ignore[operator]
        raise Http404
    content = desk.node.photo(fingerprint, desk.actor)
    answer = HttpResponse(content, content_type=picture_type(content))
    answer["Cache-Control"] = "no-store"
    return answer


def cases_on(record: WeaponRecord) -> list[str]:
    """Return the trace cases opened on a weapon, oldest first."""
    opened = (step.sealed for step in record.steps if step.sealed.event.kind is EventKind.TRACE_REQUESTED)
    return [case_id(sealed.position) for sealed in opened]


def recovery_of(record: WeaponRecord) -> Sealed:
    """Return the last recovery of a weapon.

    Raises:
        Http404: it was never recovered.
    """
    found = [step.sealed for step in record.steps if step.sealed.event.kind in RECOVERIES]
    if not found:
        raise Http404
    return found[-1]
