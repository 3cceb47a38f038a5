"""Who does what where: activities that donors told of, laid out by country and theme, and files of them in and out."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from tracemark import assistance, node, wording
from tracemark.assistance import AidSeries, Board
from tracemark.authorities import Permission
from tracemark.kernel import Refused
from tracemark.web.access import Desk, needs
from tracemark.web.aid_pictures import aid_chart, aids_of, series_trend
from tracemark.web.dossier_steps import by
from tracemark.web.forms.aid import AidFileForm, BoardForm
from tracemark.web.naming import name_of
from tracemark.web.pages import page, tell
from tracemark.web.said import say, spoken
from tracemark.web.trends import Trend


@needs(Permission.ASSISTANCE_READ)
def aid_board(desk: Desk) -> HttpResponse:
    """Show who does what where today, with overlaps and gaps; `country` in the address asks for one country only."""
    whole = assistance.coordination_board(first=desk.node.state, **by(desk))
    countries = list(dict.fromkeys(each.country for each in whole.places))
    form = BoardForm(desk.GET or None, countries=[(each, name_of("country", each)) for each in countries])
    chosen = form.cleaned_data["country"] if form.is_bound and form.is_valid() else ""
    board = whole.of(chosen) if chosen else whole
    pictured = chosen or next(iter(countries), "")
    mirrored = wording.language(spoken()).right_to_left
    return page(
        desk,
        "web/aid/board.html",
        board=board,
        form=form,
        matrix=_matrix(board),
        pictured=pictured,
        chart=aid_chart(whole, pictured, mirrored=mirrored) if pictured else None,
        aids=aids_of(whole, pictured),
        series=_series(desk, chosen or desk.node.state),
    )


@needs(Permission.ASSISTANCE_READ)
def aid_activity(desk: Desk, name: str) -> HttpResponse:
    """Show what was told of an activity, from which file, and why it is on the board."""
    try:
        known = assistance.aid_record(aid=name, actor=desk.actor, stores=desk.node.stores)
    except KeyError:
        raise Http404 from None
    return page(desk, "web/aid/activity.html", known=known, activity=known.aid.activity)


@needs(Permission.ASSISTANCE_READ)
def aid_file(desk: Desk) -> HttpResponse:
    """Give all activities that are followed as a file of IATI 2.03."""
    found = assistance.aid_list(actor=desk.actor, stores=desk.node.stores)
    if not found:
        raise Http404
    written = node.aid_file([each.aid.activity for each in reversed(found)], desk.node)
    answer = HttpResponse(written, content_type="application/xml")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="activities.xml")
    return answer


@needs(Permission.ASSISTANCE_WRITE)
@require_http_methods(["GET", "POST"])
def import_aid(desk: Desk) -> HttpResponse:
    """Take in a file of activities; what is known already stays, and one that is not valid is refused whole."""
    form = AidFileForm(desk.POST or None, desk.FILES or None)
    if desk.method == "POST" and form.is_valid():
        file, everything = form.cleaned_data["file"], form.cleaned_data["everything"]
        try:
            read = node.handed_in(file.name, file.read(), partial(node.read_aid, everything=everything))
            kept = node.follow_aid(desk.node, read, file.name, desk.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            _tell(desk, read, kept)
            return redirect("aid_board")
    return page(desk, "web/aid/import.html", 422 if form.errors else 200, form=form)


def _tell(desk: Desk, read: node.AidFileRead, kept: assistance.AidKept) -> None:
    if kept.new or kept.revised:
        tell(desk, "assistance.followed", new=len(kept.new), revised=len(kept.revised), unchanged=kept.unchanged)
    else:
        tell(desk, "assistance.nothing_new", count=kept.unchanged)
    for code, count in read.left_out.items():
        tell(desk, f"exchange.{code}", count=count)


def _matrix(board: Board) -> tuple[list[str], list[tuple[str, list[assistance.Place | None]]]]:
    """Return the themes that occur, and for each country its place under each of them."""
    at = {(each.country, each.theme): each for each in board.places}
    found = {theme for _, theme in at}
    themes = [*(each for each in assistance.themes() if each in found), *sorted(found - set(assistance.themes()))]
    countries = dict.fromkeys(country for country, _ in at)
    return themes, [(country, [at.get((country, theme)) for theme in themes]) for country in countries]


def _series(desk: Desk, country: str) -> tuple[AidSeries, str, Trend] | None:
    """Return the newest series, whose numbers they are, and how they went: the country's, or all where it has none."""
    kept = assistance.series_list(actor=desk.actor, stores=desk.node.stores)
    if not kept:
        return None
    series = kept[0].series
    written = wording.state_text(country, to="en")
    for name in (written, written.partition(" (")[0]):
        if line := _told(series.line(name)):
            return series, name_of("country", country), series_trend(line)
    return series, say("web.aid.everybody"), series_trend(series.total())


def _told(line: dict[int, Mapping[str, Decimal]]) -> dict[int, Mapping[str, Decimal]]:
    return {year: amounts for year, amounts in line.items() if amounts}
