from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tracemark import marking
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.web.access import Desk, needs
from tracemark.web.forms.laws import LawForm
from tracemark.web.pages import page, tell

_READERS = (Permission.RECORD_READ, Permission.MARKING_PLAN, Permission.REFERENCE_WRITE)


@needs(*_READERS)
def laws(desk: Desk) -> HttpResponse:
    """List the national laws on marks: those that come with the project, and every version of the State's own."""
    today = desk.node.clock.now().date()
    versions = desk.node.stores.profiles.versions()
    holding = {
        found
        for name in {each.name for each in versions}
        if (found := marking.version_on([each for each in versions if each.name == name], today))
    }
    return page(
        desk,
        "web/laws/list.html",
        shipped=list(marking.shipped_profiles().values()),
        versions=[(each, each.profile, each in holding) for each in versions],
    )


@needs(*_READERS)
def law(desk: Desk, name: str, day: str) -> HttpResponse:
    """Show one version of a State's own law as it was added."""
    found = next(
        (each for each in desk.node.stores.profiles.versions(name) if each.valid_from.isoformat() == day), None
    )
    if found is None:
        raise Http404
    return page(desk, "web/laws/law.html", version=found, law=found.profile)


@needs(Permission.REFERENCE_WRITE)
@require_http_methods(["GET", "POST"])
def new_law(desk: Desk) -> HttpResponse:
    """Check a State's own law, or add it as a version that holds from its first day."""
    today = desk.node.clock.now().date().isoformat()
    form = LawForm(desk.POST or None, desk.FILES or None, initial={"valid_from": today})
    read = None
    if desk.method == "POST" and form.is_valid():
        given, node = form.cleaned_data, desk.node
        try:
            if "add" in desk.POST:
                days = {"valid_from": given["valid_from"], "valid_until": given["valid_until"]}
                marking.add_law(
                    name=given["name"],
                    text=given["law"],
                    actor=desk.actor,
                    stores=node.stores,
                    clock=node.clock,
                    **days,
                )
                tell(desk, "web.laws.added", name=given["name"])
                return redirect("laws")
            read = marking.check_law(name=given["name"], text=given["law"], actor=desk.actor)
        except Refused as refused:
            form.refuse(refused)
    return page(desk, "web/laws/new.html", 422 if form.errors else 200, form=form, law=read)
