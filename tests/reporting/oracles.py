"""What each figure must count, in plain Python: slow, and written from the questions and not from the queries.

An oracle answers with what is counted, and how many each stands for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tests.diversion.lives import TODAY as RECORDED
from tests.diversion.lives import Row, World
from tracemark.recordkeeping import EventKind, event_kinds
from tracemark.reporting import Period
from tracemark.weapons import ESSENTIAL_PARTS, Material, catalogue

Counted = tuple[int | str, int]
Oracle = Callable[[World, Period], Iterator[Counted]]

RECOVERIES = ("seized", "found", "surrendered")
LAWFUL = ("held", "issued", "in_transit")
STATING = ("stated", "restated", "withdrawn")


def within(world: World, period: Period, *kinds: str) -> list[Row]:
    """Rows of the kinds that happened in the period, in the order in which they did."""
    rows = [row for row in world.of(*kinds) if period.first <= row.first <= period.last]
    return sorted(rows, key=lambda row: (row.first, row.position))


def once_a_year(rows: Iterable[Row]) -> Iterator[Row]:
    told = set[tuple[int, int, str]]()
    for row in rows:
        kind = row.kind if row.kind in RECOVERIES else ""
        if (key := (row.weapon, row.first.year, kind)) not in told:
            told.add(key)
            yield row


def weapons(*kinds: str) -> Oracle:
    def count(world: World, period: Period) -> Iterator[Counted]:
        yield from ((row.weapon, 1) for row in once_a_year(within(world, period, *kinds)))

    return count


def weapons_if(told: Callable[[World, Period, Row], bool], *kinds: str) -> Oracle:
    def count(world: World, period: Period) -> Iterator[Counted]:
        rows = (row for row in within(world, period, *kinds) if told(world, period, row))
        yield from ((row.weapon, 1) for row in once_a_year(rows))

    return count


def events(
    *kinds: str, only: Callable[[Row], bool] = lambda _: True, amount: Callable[[Row], int] = lambda _: 1
) -> Oracle:
    def count(world: World, period: Period) -> Iterator[Counted]:
        yield from ((row.position, amount(row)) for row in within(world, period, *kinds) if only(row))

    return count


def dossiers(kind: str) -> Oracle:
    def count(world: World, period: Period) -> Iterator[Counted]:
        yield from ((row.get("dossier"), 1) for row in within(world, period, kind))

    return count


def letters(asked: str, *, answered: bool = False, in_time: bool = False) -> Oracle:
    """Requests asked in the period; of these those with an answer, or with one by the day that was set last before."""

    def count(world: World, period: Period) -> Iterator[Counted]:
        for row in within(world, period, asked):
            first = reply(world, row)
            if answered and first is None:
                continue
            if in_time and (first is None or not (due := set_day(world, row)) or first.first.isoformat() > due):
                continue
            yield row.get("dossier"), 1

    return count


def reply(world: World, row: Row, step: str = "answered") -> Row | None:
    """The first answer to a request that is not only that it is delayed; or its first acknowledgement."""
    room = row.kind.partition("_")[0]
    for each in world.of(f"{room}_{step}"):
        said = each.get("outcome") or (each.get("answer") or {}).get("result")
        if each.get("dossier") == row.get("dossier") and said != "delayed":
            return each
    return None


def set_day(world: World, row: Row) -> str:
    days = [
        each.get("due")
        for each in world.of("request_sent", "request_acknowledged", "inquiry_received", "inquiry_acknowledged")
        if each.get("dossier") == row.get("dossier") and each.get("due")
    ]
    return str(days[-1]) if days else ""


def middle_letter(asked: str, step: str) -> Oracle:
    """The days that the one in the middle took; of two in the middle the first."""

    def count(world: World, period: Period) -> Iterator[Counted]:
        rows = [(row, reply(world, row, step)) for row in within(world, period, asked)]
        took = sorted(((last.first - row.first).days, row.position, row.get("dossier")) for row, last in rows if last)
        if took:
            days, _, name = took[(len(took) - 1) // 2]
            yield name, days

    return count


def withheld(row: Row) -> bool:
    return row.get("answer")["result"] in ("restricted", "delayed", "refused")


def traced_abroad(world: World, period: Period) -> Iterator[Counted]:
    first: dict[str, Row] = {}
    for row in sorted(world.of("request_sent"), key=lambda row: row.first):
        first.setdefault(row.get("case"), row)
    yield from ((case, 1) for case, row in first.items() if period.first <= row.first <= period.last)


def licences(kind: str) -> Oracle:
    """Only a licence whose application stands in the record is one."""

    def count(world: World, period: Period) -> Iterator[Counted]:
        drafted = [row.get("dossier") for row in world.of("licence_drafted")]
        for row in within(world, period, kind):
            yield from ((row.get("dossier"), 1) for name in drafted if name == row.get("dossier"))

    return count


def licensed_weapons(world: World, period: Period) -> Iterator[Counted]:
    drafted = {row.get("dossier"): row for row in world.of("licence_drafted")}
    for row in within(world, period, "licence_issued"):
        if draft := drafted.get(row.get("dossier")):
            yield from ((row.get("dossier"), line["quantity"]) for line in draft.get("goods") or ())


def shipped(world: World, period: Period) -> Iterator[Counted]:
    opened = [row.get("dossier") for row in world.of("consignment_opened")]
    for row in within(world, period, "consignment_shipped"):
        yield from ((row.get("dossier"), 1) for name in opened if name == row.get("dossier"))


def short(world: World, period: Period) -> Iterator[Counted]:
    opened = {row.get("dossier") for row in world.of("consignment_opened")}
    for name in {row.get("dossier") for row in within(world, period, "consignment_received")} & opened:
        received = {weapon for row, weapon, _ in world.listed("received") if row.get("dossier") == name}
        for row, weapon, _ in world.listed("packed"):
            if row.get("dossier") == name and weapon and weapon not in received:
                yield weapon, 1


def has_mark(kind: str) -> Callable[[World, Period, Row], bool]:
    return lambda _world, _period, row: any(mark["kind"] == kind for mark in row.get("marks") or ())


def has_import_mark(world: World, period: Period, row: Row) -> bool:
    return any(
        mark.plain["kind"] == "import" and mark.row.weapon == row.weapon and mark.row.first <= period.last
        for mark in world.marks()
    )


def recovered_since(world: World, _: Period, row: Row) -> bool:
    return any(each.weapon == row.weapon and each.first >= row.first for each in world.of(*RECOVERIES))


def ever_recovered(world: World, _: Period, row: Row) -> bool:
    return any(each.weapon == row.weapon for each in world.of(*RECOVERIES))


def recovered_any(world: World, period: Period) -> Iterator[Counted]:
    yield from ((row.weapon, 1) for row in once_a_year(within(world, period, *RECOVERIES)))


def recovered_for_indicator(world: World, period: Period) -> Iterator[Counted]:
    """Each weapon once a year; one that was found to be another weapon of the register, as that one."""
    known = {row.weapon for row in world.of("identified")}
    rows = [row for row in within(world, period, *RECOVERIES) if row.weapon not in known]
    yield from ((weapon, 1) for weapon, _ in {(row.weapon, row.first.year) for row in rows})


def indicator(*, all_weapons: bool, known: bool = False) -> Oracle:
    """Of the weapons that the indicator asks of, those of a denominator, or of them those whose origin is known."""

    def count(world: World, period: Period) -> Iterator[Counted]:
        identities = {row.weapon for row in world.of("identified")}
        rows = [row for row in within(world, period, *RECOVERIES) if row.weapon not in identities]
        last = {(row.weapon, row.first.year): row for row in sorted(rows, key=lambda row: (row.first, row.position))}
        for row in last.values():
            lawful, traced, settled, unmarked = origin_of(world, row)
            counts = all_weapons or not (lawful or (unmarked and not traced))
            if counts and not (row.kind == "seized" and row.get("breach") == "administrative"):
                yield from [(row.weapon, 1)] * (not known or lawful or traced or settled)

    return count


def origin_of(world: World, row: Row) -> tuple[bool, bool, bool, bool]:
    """Whether a weapon was its lawful holder's, was traced, is settled otherwise, and bears nothing to be traced by."""
    provisional = row.get("recovered_as") or row.weapon
    since = row.position if provisional == row.weapon else 0
    own = [each for each in world.rows if each.weapon in {row.weapon, provisional}]
    coded = [each for each in own if each.kind == "diversion_established"
             and {each.get("diverted_at"), each.get("diverted_how")} - {None, "unknown"}]  # fmt: skip
    ends = [each.get("outcome") for each in own if each.kind == "trace_answered" and each.position > since
            and each.get("outcome") != "ask_another_state"
            and each.get("other_weapon") in {None, row.weapon}]  # fmt: skip
    held = any(
        each.weapon == row.weapon and (each.first, each.position) < (row.first, row.position)
        and in_lawful_hands(each)
        for each in own
    )  # fmt: skip
    traced = "traced" in ends or any(each.get("case") for each in coded) or (held and not ends)
    unmarked = (ends or [""])[-1] == "unmarked" or (row.get("unmarked") or "not_examined") != "not_examined"
    return row.get("taken_from") == "lawful_holder", traced, bool(coded), unmarked and not held


def in_lawful_hands(row: Row) -> bool:
    terms = event_kinds()[EventKind(row.kind)]
    return terms.lawful and terms.stage not in {"record", "recovery"} and not terms.concerns_no_weapon


def identified(world: World, period: Period) -> Iterator[Counted]:
    yield from ((weapon, 1) for weapon in {row.weapon for row in within(world, period, "identified")})


def standing(world: World, period: Period) -> Mapping[int, str]:
    """How each weapon stands on the last day."""
    known, stands = event_kinds(), dict[int, str]()
    for row in sorted(world.rows, key=lambda row: (row.first, row.position)):
        to = known[EventKind(row.kind)].to
        if row.weapon and to and row.kind != "identified" and row.first <= period.last:
            stands[row.weapon] = to.value
    return stands


def stock(*statuses: str) -> Oracle:
    def count(world: World, period: Period) -> Iterator[Counted]:
        yield from ((weapon, 1) for weapon, status in standing(world, period).items() if status in statuses)

    return count


def stock_marked(world: World, period: Period) -> Iterator[Counted]:
    marked = {each.row.weapon for each in world.marks() if each.plain.get("serial") and each.row.first <= period.last}
    yield from (
        (weapon, 1) for weapon, status in standing(world, period).items() if status in LAWFUL and weapon in marked
    )


def designs(design: str) -> Oracle:
    """Weapons of which it was said, or whose model in the catalogue is said, to be of a design."""

    def count(world: World, period: Period) -> Iterator[Counted]:
        for weapon in standing(world, period):
            if design in designs_of(world, weapon):
                yield weapon, 1

    return count


def designs_of(world: World, weapon: int) -> set[str]:
    rows = [row for row in world.rows if row.weapon == weapon]
    told = [row.get("weapon") or {} for row in rows]
    parts = [part for row in rows for part in row.get("components") or []]
    bearing = [part for part in parts if part.get("control") or part["part"] in ESSENTIAL_PARTS]
    model = next((each["model"] for each in reversed(told) if each.get("model")), "")
    origin = next((each["origin"] for each in reversed(told) if each.get("origin")), "")
    known = catalogue().models.get(model)
    said = {
        "polymer": any(part.get("material") == "polymer" for part in bearing)
        or (known is not None and known.frame_material is Material.POLYMER),
        "modular": known is not None and known.modular,
        "printed": origin == "printed",
        "converted": origin == "converted" or any(row.kind == "converted" for row in rows),
    }
    return {name for name, true in said.items() if true}


def diverted(world: World, period: Period) -> Iterator[Counted]:
    rows = within(world, period, "diversion_established")
    yield from ((weapon, 1) for weapon, _ in {(row.weapon, row.first.year) for row in rows})


def stated(series: str, *, sex: str = "", newest: bool = False) -> Oracle:
    """Numbers as the last statement of each dossier has them, of years that lie in the period."""

    def count(world: World, period: Period) -> Iterator[Counted]:
        holding = {row.get("dossier"): row for row in world.of(*(f"statistics_{each}" for each in STATING))}
        rows = [
            row for row in holding.values() if row.get("series") == series and row.get("year") in period.whole_years
        ]
        last = max((row.get("year") for row in rows), default=0)
        for row in rows:
            if not newest or row.get("year") == last:
                cells = [each for each in row.get("cells") if sex in ("", each.get("sex"))]
                yield from ((row.get("dossier"), each["number"]) for each in cells)

    return count


def stated_figures() -> Iterator[tuple[str, Oracle]]:
    """One for each series; and the women of those that are told of bodies, training and delegations."""
    for series in ("officers", "coordination", "trainees", "delegates", "licence_holders", "victims", "perpetrators"):
        stands = series in {"officers", "coordination", "licence_holders"}
        yield f"people.{series}", stated(f"people.{series}", newest=stands)
        if series in {"officers", "coordination", "trainees", "delegates"}:
            yield f"people.{series}_women", stated(f"people.{series}", sex="female", newest=stands)
    yield "violence.incidents", stated("violence.incidents")
    yield "violence.deaths", stated("violence.deaths")


ORACLES: Mapping[str, Oracle] = {
    "certificates.issued": dossiers("certificate_issued"),
    "certificates.presented": dossiers("certificate_presented"),
    "consignments.shipped": shipped,
    "consignments.short": short,
    "consignments.verified": events("consignment_verified"),
    "counts.closed": events("count_closed"),
    "counts.missing": events("count_closed", amount=lambda row: len(row.get("absent") or ())),
    "destructions.ammunition": events("lot_destroyed", amount=lambda row: row.get("quantity") or 0),
    "destructions.recovered": weapons_if(ever_recovered, "destroyed"),
    "destructions.weapons": weapons("destroyed"),
    **{f"designs.{each}": designs(each) for each in ("polymer", "modular", "printed", "converted")},
    "diversions.established": diverted,
    "exports.weapons": weapons("exported"),
    "imports.marked": weapons_if(has_import_mark, "imported"),
    "imports.weapons": weapons("imported"),
    "indicator.all_counted": indicator(all_weapons=True),
    "indicator.all_known": indicator(all_weapons=True, known=True),
    "indicator.traceable_counted": indicator(all_weapons=False),
    "indicator.traceable_known": indicator(all_weapons=False, known=True),
    "investigations.opened": events("investigation_opened"),
    "licences.applied": licences("licence_drafted"),
    "licences.issued": licences("licence_issued"),
    "licences.refused": licences("licence_refused"),
    "licences.revoked": licences("licence_revoked"),
    "licences.weapons": licensed_weapons,
    "losses.lost": weapons("lost"),
    "losses.recovered_again": weapons_if(recovered_since, "lost", "stolen"),
    "losses.stolen": weapons("stolen"),
    "production.marked": weapons_if(has_mark("manufacture"), "manufactured"),
    "production.weapons": weapons("manufactured"),
    "records.corrected": events("corrected"),
    "records.erased": events("personal_data_erased"),
    "records.late": lambda world, period: (
        (row.position, 1)
        for row in world.rows
        if row.weapon and period.first <= row.first <= period.last and (RECORDED - row.last).days > 30
    ),
    "recoveries.all": recovered_any,
    "recoveries.for_indicator": recovered_for_indicator,
    "recoveries.found": weapons("found"),
    "recoveries.identified": identified,
    "recoveries.retained": weapons("retained"),
    "recoveries.returned": weapons("released"),
    "recoveries.seized": weapons("seized"),
    "recoveries.surrendered": weapons("surrendered"),
    "signals.confirmed": dossiers("signal_confirmed"),
    "signals.raised": dossiers("signal_raised"),
    "stock.declared_surplus": weapons("declared_surplus"),
    "stock.held": stock(*LAWFUL),
    "stock.in_custody": stock("in_custody"),
    "stock.marked": stock_marked,
    "stock.missing": stock("lost", "stolen"),
    "inquiries.acknowledged_days": middle_letter("inquiry_received", "acknowledged"),
    "inquiries.answered": letters("inquiry_received", answered=True),
    "inquiries.answered_days": middle_letter("inquiry_received", "answered"),
    "inquiries.in_time": letters("inquiry_received", answered=True, in_time=True),
    "inquiries.received": letters("inquiry_received"),
    "inquiries.withheld": events("inquiry_answered", only=withheld),
    "requests.acknowledged_days": middle_letter("request_sent", "acknowledged"),
    "requests.answered": letters("request_sent", answered=True),
    "requests.answered_days": middle_letter("request_sent", "answered"),
    "requests.in_time": letters("request_sent", answered=True, in_time=True),
    "requests.sent": letters("request_sent"),
    "traces.abroad": traced_abroad,
    "traces.answered": events("trace_answered"),
    "traces.requested": events("trace_requested"),
    "traces.traced": events("trace_answered", only=lambda row: row.get("outcome") == "traced"),
    "weapons.converted": weapons("converted"),
    "weapons.deactivated": weapons("deactivated"),
    "weapons.inspected": weapons("inspected"),
    "weapons.marked": weapons("marked"),
    "weapons.reactivated": weapons("reactivated"),
    "weapons.registered": weapons("registered"),
    "weapons.transferred": weapons("transferred"),
    **dict(stated_figures()),
}
