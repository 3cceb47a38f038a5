from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tracemark import recordkeeping, tracing
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.node import PrivateAnswer, QuestionFailed
from tracemark.recordkeeping import AlarmStanding
from tracemark.tracing import UnreadableReading
from tracemark.web.access import Desk, needs
from tracemark.web.forms.questions import QuestionForm
from tracemark.web.pages import page, tell, warn
from tracemark.web.said import say, spoken
from tracemark.wording import finding_text

_NEWEST = 20


@needs(Permission.WITNESS_READ)
def witnesses(desk: Desk) -> HttpResponse:
    """Show our newest head and who cosigned it, the records we watch, the alarms, and who asked privately."""
    own = desk.node.witnessing.own_head()
    return page(
        desk,
        "web/witnesses/witnesses.html",
        own=own,
        cosigners=desk.node.witnessing.cosigners(own) if own else [],
        trouble=desk.node.witnessing.own_trouble(),
        watched=desk.node.witnessing.watched(desk.actor),
        alarms=recordkeeping.alarms(desk.actor, desk.node.stores),
        sounded=AlarmStanding.SOUNDED,
        questions=desk.node.stores.questions.newest(_NEWEST),
    )


@needs(Permission.WITNESS_WRITE)
@require_POST
def explain_alarm(desk: Desk, name: str) -> HttpResponse:
    """Say what was behind an alarm."""
    try:
        recordkeeping.explain_alarm(
            name=name,
            reason=desk.POST.get("reason", ""),
            actor=desk.actor,
            stores=desk.node.stores,
            clock=desk.node.clock,
        )
    except Refused as refused:
        warn(desk, refused.findings[0].code, **refused.findings[0].facts)
    else:
        tell(desk, "web.witnesses.explained", alarm=name)
    return redirect("witnesses")


@needs(Permission.TRACE_SEARCH)
def ask_privately(desk: Desk) -> HttpResponse:
    """Ask another State's node whether it knows a mark, without telling it which."""
    nodes = [each.name for each in desk.node.stores.witnesses.neighbours() if each.address]
    first = {name: desk.GET.get(name, "") for name in ("reading", "maker")}
    form = QuestionForm(desk.POST or None, nodes=nodes, initial=first)
    answer = _answer(desk, form) if desk.method == "POST" and form.is_valid() else None
    status = 422 if form.errors else 200
    return page(desk, "web/witnesses/ask.html", status, form=form, nodes=nodes, answer=answer)


def _answer(desk: Desk, form: QuestionForm) -> PrivateAnswer | None:
    told = form.cleaned_data
    try:
        reading = tracing.parse_reading(told["reading"])
        return desk.node.questioning.ask(reading, told["node"], desk.actor, maker=told["maker"])
    except UnreadableReading as error:
        form.add_error("reading", say(error.code, **error.facts))
    except Refused as refused:
        for each in refused.findings:
            form.add_error("reading", finding_text(each, to=spoken()))
    except QuestionFailed as error:
        form.add_error("node", say(error.code, **error.facts))
    return None
