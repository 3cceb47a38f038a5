"""What each rule must find, in plain Python: slow, and written from the typology and not from the queries."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import sqrt
from typing import Any

from tests.diversion.lives import AGENCIES, EMBARGOES, STATE, TODAY, Row, World
from tracemark.diversion import batches_of, beyond_limits, changes_in, looks_at
from tracemark.marking import fold_serial
from tracemark.recordkeeping import RECOVERIES, EventKind, event_kinds

Found = tuple[frozenset[int], frozenset[int]]
"""The weapons of a signal, and the places of its evidence in the record."""

Oracle = Callable[[World], Iterator[Found]]

LOSSES = ("lost", "stolen")
CLEARING = ("transferred", "exported", "destroyed", "lost", "stolen", "shipped", "deactivated")


def one(weapon: int, *evidence: int) -> Found:
    return frozenset({weapon} - {0}), frozenset(evidence)


def many(rows: Iterable[tuple[int, int]]) -> Found:
    listed = list(rows)
    return frozenset(weapon for weapon, _ in listed if weapon), frozenset(position for _, position in listed)


def grouped(rows: Iterable[Any], key: Callable[[Any], Hashable]) -> Mapping[Any, list[Any]]:
    found: defaultdict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def days(start: date, end: date) -> int:
    return (end - start).days


def too_many(count: int, expected: float, least: int) -> bool:
    return count >= least and 2 * (sqrt(count + 0.375) - sqrt(expected + 0.375)) > 4


def is_person(holder: object) -> bool:
    return str(holder).startswith("person:")


def recovered_while_held(world: World) -> Iterator[Found]:
    for step in world.steps():
        held = step.recovery and step.status in {"held", "issued"}
        if held and step.since and step.holder and not is_person(step.holder):
            yield one(step.row.weapon, step.since.position, step.row.position)


def _recovered_from(status: str) -> Oracle:
    def found(world: World) -> Iterator[Found]:
        for step in world.steps():
            if step.recovery and step.status == status and step.since:
                yield one(step.row.weapon, step.since.position, step.row.position)

    return found


def shipped_not_received(world: World) -> Iterator[Found]:
    ends = {"received", "lost", "stolen", "exported", *RECOVERIES}
    for row in world.of("shipped"):
        later = [
            other
            for other in world.of(*ends)
            if other.weapon == row.weapon and (other.first, other.position) > (row.first, row.position)
        ]
        if not later and days(row.last, TODAY) > 90:
            yield one(row.weapon, row.position)


def short_time_to_recovery(world: World) -> Iterator[Found]:
    for step in world.steps():
        owned = step.status in {"held", "lost", "stolen"} and is_person(step.holder)
        if not (step.recovery and step.kind != "surrendered" and owned and step.lawful):
            continue
        if 0 <= days(step.lawful.last, step.row.first) < 365:
            yield one(step.row.weapon, step.lawful.position, step.row.position)


def unmarked_production(world: World) -> Iterator[Found]:
    numbered = {m.row.weapon for m in world.marks() if m.plain["kind"] == "manufacture" and m.folded}
    for row in world.of("manufactured"):
        if row.weapon not in numbered:
            yield one(row.weapon, row.position)


def serial_twice(world: World) -> Iterator[Found]:
    borne: dict[tuple[str, str, str], dict[int, int]] = defaultdict(dict)
    for m in world.marks():
        told = m.plain["kind"] == "manufacture" and m.row.kind in {"manufactured", "imported", "registered"}
        model = (m.row.get("weapon") or {}).get("model")
        if told and m.folded and m.plain.get("maker") and model:
            borne[m.plain["maker"], m.folded, model].setdefault(m.row.weapon, m.row.position)
    for weapons in borne.values():
        if len(weapons) > 1:
            yield many(weapons.items())


def recovered_without_number(world: World) -> Iterator[Found]:
    legible = {m.row.weapon for m in world.marks() if m.folded or m.plain.get("text")}
    for row in world.recoveries():
        if row.weapon not in legible:
            yield one(row.weapon, row.position)


def parts_of_several_weapons(world: World) -> Iterator[Found]:
    counted = {row.position for row in world.recoveries()}
    for position, marks in grouped(world.marks(), lambda m: m.row.position).items():
        read = [
            (m.plain["part"], m.folded)
            for m in marks
            if m.plain["kind"] in {"manufacture", "component"} and len(m.folded) >= 3 and m.plain.get("part")
        ]
        foreign = [
            1
            for part, serial in read
            for other, its in read
            if part < other and not serial.endswith(its) and not its.endswith(serial)
        ]
        if position in counted and foreign:
            yield one(marks[0].row.weapon, position)


def received_short(world: World) -> Iterator[Found]:
    receipts = grouped(world.of("consignment_received", "consignment_mirrored"), lambda row: row.get("dossier"))
    came = list(world.listed("received"))
    for name, packed in grouped(world.listed("packed"), lambda each: each[0].get("dossier")).items():
        there = [(weapon, fold_serial(serial)) for row, weapon, serial in came if row.get("dossier") == name]
        missing = [
            (weapon, row.position)
            for row, weapon, serial in packed
            if not any((weapon and weapon == w) or (serial and fold_serial(serial) == s) for w, s in there)
        ]
        if missing and name in receipts:
            yield many([*missing, (0, max(row.position for row in receipts[name]))])


def received_unsent(world: World) -> Iterator[Found]:
    packed = [(row.get("dossier"), weapon, fold_serial(serial)) for row, weapon, serial in world.listed("packed")]
    for name, came in grouped(world.listed("received"), lambda each: each[0].get("dossier")).items():
        sent = [(weapon, serial) for dossier, weapon, serial in packed if dossier == name]
        extra = [
            (weapon, row.position)
            for row, weapon, serial in came
            if not any((weapon and weapon == w) or (serial and fold_serial(serial) == s) for w, s in sent)
        ]
        if extra:
            yield many(extra)


def certificate_used_twice(world: World) -> Iterator[Found]:
    used = [(row.get("certificate"), row.get("dossier"), row.position) for row in world.of("licence_issued")]
    for row in world.of("certificate_presented"):
        told = row.get("contents")
        used.append((f"{told['issuer']} {told['number']}", row.get("licence"), row.position))
    for number, uses in grouped(used, lambda each: each[0]).items():
        if number and len({dossier for _, dossier, _ in uses}) > 1:
            yield frozenset(), frozenset(position for *_, position in uses)


def certificate_unknown(world: World) -> Iterator[Found]:
    known = {row.get("dossier") for row in world.of("certificate_issued", "certificate_presented")}
    for row in world.of("licence_issued"):
        if row.get("certificate") and row.get("certificate") not in known:
            yield one(0, row.position)


def licence_overdrawn(world: World) -> Iterator[Found]:
    cancelled = {row.get("dossier") for row in world.of("consignment_cancelled")}
    gone = [row for row in world.of("exported", "imported", "shipped") if row.weapon]
    entered = {(row.get("licence"), m.folded) for row in gone for m in world.marks() if m.row.weapon == row.weapon}
    moved = [(row.get("licence"), row.weapon, "", row.position) for row in gone]
    moved += [
        (row.get("licence"), weapon, "" if weapon else fold_serial(serial), row.position)
        for row, weapon, serial in world.listed("packed")
        if row.get("dossier") not in cancelled
        and (weapon or not fold_serial(serial) or (row.get("licence"), fold_serial(serial)) not in entered)
    ]
    for row in world.of("licence_drafted"):
        drawn = [each[1:] for each in moved if each[0] == row.get("dossier")]
        if len({each[:2] for each in drawn}) > sum(line["quantity"] for line in row.get("goods")):
            yield many((weapon, position) for weapon, _, position in drawn)


def shipped_outside_validity(world: World) -> Iterator[Found]:
    terms = {row.get("dossier"): (row.get("valid_from"), row.get("valid_until")) for row in world.of("licence_drafted")}
    revocations = grouped(world.of("licence_revoked"), lambda row: row.get("dossier"))
    revoked = {name: min(row.last for row in rows) for name, rows in revocations.items()}
    moved = [
        row for row in world.of("exported", "imported", "shipped", "consignment_shipped") if row.get("licence") in terms
    ]
    for (licence, _), rows in grouped(moved, lambda row: (row.get("licence"), row.happened)).items():
        begins, ends = terms[licence]
        row = rows[0]
        late = str(row.first) > ends or (licence in revoked and row.first > revoked[licence])
        if str(row.last) < begins or late:
            yield many((each.weapon, each.position) for each in rows)


def route_deviation(world: World) -> Iterator[Found]:
    routes = {row.get("dossier"): row.get("route") for row in world.rows if row.get("route")}
    for row in world.of("consignment_passed"):
        if row.get("dossier") in routes and row.get("place") not in routes[row.get("dossier")]:
            yield one(0, row.position)


def delivery_overdue(world: World) -> Iterator[Found]:
    ends = ("received", "mirrored", "verified", "closed", "cancelled")
    ended = {row.get("dossier") for row in world.of(*(f"consignment_{end}" for end in ends))}
    for row in world.of("consignment_shipped"):
        opened = [
            each
            for each in world.of("consignment_opened", "consignment_shipped")
            if each.get("dossier") == row.get("dossier")
        ]
        due = max((each.get("due") for each in opened if each.get("due")), default="")
        if row.get("dossier") not in ended and due and due < str(TODAY):
            yield one(0, row.position)


def embargoed_at_date(world: World) -> Iterator[Found]:
    lifted = {row.get("dossier"): row.get("valid_until") for row in world.of("embargo_lifted")}
    held = [(state, str(since), str(until or "9999")) for state, since, until, *_ in EMBARGOES]
    for row in world.of("embargo_declared"):
        until = lifted.get(row.get("dossier")) or row.get("valid_until") or "9999"
        held.append((row.get("to_state"), row.get("valid_from"), until))
    exempt = {row.get("dossier") for row in world.of("licence_approved") if row.get("exemption")}
    opened = {row.get("dossier"): row.get("to_state") for row in world.of("consignment_opened")}
    sent = [(row, row.get("to_state")) for row in world.of("exported")]
    sent += [(row, opened.get(row.get("dossier"))) for row in world.of("consignment_shipped")]
    sent = [(row, to) for row, to in sent if row.get("licence") not in exempt]
    for (to, _), rows in grouped(sent, lambda each: (each[1], each[0].happened)).items():
        first, last = str(rows[0][0].first), str(rows[0][0].last)
        if any(state == to and since <= first and last <= until for state, since, until in held):
            yield many((row.weapon, row.position) for row, _ in rows)


def foreign_import_mark(world: World) -> Iterator[Found]:
    for row in world.recoveries():
        known = [
            e for e in world.of("imported", "exported", "registered") if e.weapon == row.weapon and e.first <= row.last
        ]
        for m in world.marks():
            foreign = m.plain["kind"] == "import" and m.plain.get("state") not in {STATE, "", None}
            if foreign and m.row.weapon == row.weapon and not known:
                yield one(row.weapon, m.row.position, row.position)


def passed_on_without_consent(world: World) -> Iterator[Found]:
    used = {row.get("dossier"): row.get("from_state") for row in world.of("certificate_used")}
    given = [
        (used[row.get("dossier")], row)
        for row in world.of("certificate_issued")
        if row.get("dossier") in used and row.get("contents")["no_retransfer"]
    ]
    answers = [row for row in world.of("licence_answered") if row.get("consents")]
    kinds = {(row.weapon, row.get("weapon")["kind"]) for row in world.rows if (row.get("weapon") or {}).get("kind")}
    for came in world.of("imported"):
        undertaken = [
            row.position
            for origin, row in given
            if origin == came.get("from_state")
            and row.first <= came.last
            and any((came.weapon, line["kind"]) in kinds for line in row.get("contents")["goods"])
        ]
        for gone in world.of("exported") if undertaken else ():
            consented = any(
                (row.get("dossier"), row.get("from_state")) == (gone.get("licence"), came.get("from_state"))
                and row.first <= gone.last
                for row in answers
            )
            onward = gone.weapon == came.weapon and gone.get("to_state") != came.get("from_state")
            if onward and came.last <= gone.first and not consented:
                yield one(gone.weapon, max(undertaken), came.position, gone.position)


def issued_not_returned(world: World) -> Iterator[Found]:
    for row in world.of("issued"):
        others = [each for each in world.rows if each.weapon == row.weapon and each is not row]
        newest = all(each.position < row.position and each.first <= row.first for each in others)
        until = row.get("until")
        ended = type(row.last).fromisoformat(until) if until else row.last
        if newest and days(ended, TODAY) > 730:
            yield one(row.weapon, row.position)


def counted_missing(world: World) -> Iterator[Found]:
    ends = world.of(
        *("lost", "stolen", "returned", "counted", "stored", "inspected", "issued", "shipped", "transferred"),
        *("destroyed", "marked", "repaired"),
    )
    missing = [(row, weapon) for row, weapon, _ in world.listed("absent") if row.kind == "count_closed"]
    open_still = [
        (row, weapon)
        for row, weapon in missing
        if not any(e.weapon == weapon and e.position > row.position for e in ends)
    ]
    for rows in grouped(open_still, lambda each: each[0].get("dossier")).values():
        yield many((weapon, row.position) for row, weapon in rows)


def count_overdue(world: World) -> Iterator[Found]:
    closed = {row.get("dossier") for row in world.of("site_closed")}
    told = [row for row in world.of("site_listed", "site_revised", "site_counted") if row.get("due")]
    for name, rows in grouped(told, lambda row: row.get("dossier")).items():
        if name not in closed and rows[-1].get("due") < str(TODAY):
            yield one(0, rows[-1].position)


def _counts(world: World) -> Mapping[str, list[Row]]:
    sites = {row.get("dossier"): row.get("site") for row in world.of("count_opened")}
    closed = [row for row in world.of("count_closed") if row.get("dossier") in sites and row.get("found")]
    return grouped(closed, lambda row: sites[row.get("dossier")])


def round_counts(world: World) -> Iterator[Found]:
    for rows in _counts(world).values():
        if len(rows) >= 4 and all(row.get("found") % 10 == 0 for row in rows):
            yield many((0, row.position) for row in rows)


def counts_alike(world: World) -> Iterator[Found]:
    for rows in _counts(world).values():
        if len(rows) >= 5 and len({row.get("found") for row in rows}) == 1:
            yield many((0, row.position) for row in rows)


def _back_dated(world: World) -> list[tuple[Row, Row]]:
    found = []
    for recovery in world.recoveries():
        for step in world.life(recovery.weapon):
            row = step.row
            if row.kind in CLEARING and row.position > recovery.position and row.last < recovery.first:
                found.append((recovery, row))
    return found


def back_dated_entry(world: World) -> Iterator[Found]:
    for recovery, row in _back_dated(world):
        yield one(row.weapon, recovery.position, row.position)


def back_dated_by_account(world: World) -> Iterator[Found]:
    for rows in grouped([row for _, row in _back_dated(world)], lambda row: row.account).values():
        if len({row.position for row in rows}) >= 3:
            yield many((row.weapon, row.position) for row in rows)


def negative_balance(world: World) -> Iterator[Found]:
    leaves = {"lot_issued", "lot_destroyed", "lot_expended"}
    moves = [row for row in world.rows if row.kind.startswith("lot_")]
    for rows in grouped(moves, lambda row: row.get("dossier")).values():
        store = out = 0
        below = []
        for row in sorted(rows, key=lambda row: (row.last if row.kind in leaves else row.first, row.position)):
            quantity = row.get("quantity")
            match row.kind:
                case "lot_counted":
                    store = quantity
                case "lot_issued":
                    store, out = store - quantity, out + quantity
                case "lot_returned":
                    store, out = store + quantity, out - quantity
                case "lot_expended":
                    out -= quantity
                case "lot_destroyed":
                    store -= quantity
                case _:
                    store += quantity
            below += [row.position] if min(store, out) < 0 else []
        if below:
            yield frozenset(), frozenset(below)


def _excess(events: Mapping[str, list[tuple[int, int]]], stock: Mapping[str, int]) -> Iterator[Found]:
    for each in beyond_limits({name: len(rows) for name, rows in events.items()}, stock):
        if each.count >= 5 and each.count >= 1.5 * each.expected:
            yield many(events[each.name])


def losses_at_depot(world: World) -> Iterator[Found]:
    arrivals = world.of("manufactured", "imported", "registered", "received", "transferred")
    stock = {
        holder: len(rows)
        for holder, rows in grouped(arrivals, lambda row: row.get("holder")).items()
        if holder and not is_person(holder)
    }
    losses = grouped(world.of(*LOSSES), lambda row: row.authority)
    kinds = {code: kind for code, _, kind, *_ in AGENCIES}
    for holders in grouped(stock, lambda holder: kinds.get(holder, "")).values():
        yield from _excess(
            {holder: [(row.weapon, row.position) for row in losses.get(holder, [])] for holder in holders},
            {holder: stock[holder] for holder in holders},
        )


def losses_by_unit(world: World) -> Iterator[Found]:
    issues = grouped(world.of("issued"), lambda row: row.get("to"))
    losses: dict[str, list[tuple[int, int]]] = {unit: [] for unit in issues}
    for row in world.of(*LOSSES):
        before = [
            each
            for each in world.of("issued")
            if each.weapon == row.weapon and each.first <= row.first and each.position < row.position
        ]
        if before:
            losses[before[-1].get("to")].append((row.weapon, row.position))
    yield from _excess(losses, {unit: len(rows) for unit, rows in issues.items()})


def losses_by_weekday(world: World) -> Iterator[Found]:
    dated = [row for row in world.of(*LOSSES) if row.first == row.last and row.first.year >= 2001]
    totals = grouped(dated, lambda row: row.authority)
    for (authority, _), rows in grouped(dated, lambda row: (row.authority, row.first.weekday())).items():
        if too_many(len(rows), len(totals[authority]) / 7, 8):
            yield many((row.weapon, row.position) for row in rows)


def traces_by_dealer(world: World) -> Iterator[Found]:
    dealers = {code for code, _, kind, *_ in AGENCIES if kind == "dealer"}
    sales = grouped([row for row in world.of("transferred") if row.get("from") in dealers], lambda row: row.get("from"))
    traced: dict[str, dict[int, int]] = defaultdict(dict)
    for step in sorted(world.steps(), key=lambda step: step.row.position):
        if step.kind == "transferred" and step.row.get("from") in sales:
            traced[step.row.get("from")].setdefault(step.row.weapon, step.row.position)
    yield from _excess(
        {dealer: list(traced[dealer].items()) for dealer in sales},
        {dealer: len(rows) for dealer, rows in sales.items()},
    )


def custody_without_disposition(world: World) -> Iterator[Found]:
    known = event_kinds()
    for life in world.lives().values():
        for step in life:
            later = [each for each in life if each.turn > step.turn and known[EventKind(each.kind)].to is not None]
            if step.recovery and not later and days(step.row.last, TODAY) > 730:
                yield one(step.row.weapon, step.row.position)


def repeat_buyer(world: World) -> Iterator[Found]:
    suspects = {
        s.row.get("holder") for s in world.steps() if s.kind == "transferred" and is_person(s.row.get("holder"))
    }
    for holder, rows in grouped(world.of("transferred"), lambda row: row.get("holder")).items():
        close = max(row.last for row in rows) - min(row.first for row in rows) <= timedelta(days=365)
        if holder in suspects and len({row.weapon for row in rows}) >= 3 and close:
            yield many((row.weapon, row.position) for row in rows)


def dealer_closed(world: World) -> Iterator[Found]:
    taken = {row.get("from") for row in world.of("records_taken_over")}
    for code, _, kind, _, _, until in AGENCIES:
        if kind == "dealer" and until and until < str(TODAY) and code not in taken:
            for weapon, life in world.lives().items():
                passed = [step.row.position for step in life if code in {step.row.get("from"), step.row.get("holder")}]
                if passed:
                    yield one(weapon, *passed)


def consecutive_recoveries(world: World) -> Iterator[Found]:
    numbered = {
        (m.plain["maker"], m.stem, len(m.folded), m.running, row.weapon, row.position, row.first)
        for m in world.marks()
        for row in world.recoveries()
        if m.row.weapon == row.weapon
        and m.plain["kind"] == "manufacture"
        and m.running is not None
        and m.plain.get("maker")
    }
    for rows in grouped(numbered, lambda each: each[:3]).values():
        runs: list[list[Any]] = []
        for each in sorted(rows, key=lambda each: (each[3], each[5])):
            last = runs[-1][-1] if runs else None
            if last and each[3] - last[3] <= 3 and abs(days(last[6], each[6])) <= 730:
                runs[-1].append(each)
            else:
                runs.append([each])
        yield from (many((each[4], each[5]) for each in run) for run in runs if len({each[4] for each in run}) >= 3)


def batch_recovered(world: World) -> Iterator[Found]:
    came = grouped(world.recoveries(), lambda row: row.weapon)
    told = [m for m in world.marks() if m.plain["kind"] == "manufacture" and m.plain.get("maker")]
    series = grouped([m for m in told if m.running is not None], lambda m: (m.plain["maker"], m.stem, len(m.folded)))
    recovered = [marks for marks in series.values() if len({m.running for m in marks if m.row.weapon in came}) >= 3]
    looks = []
    for marks in recovered:
        ranks = {number: rank for rank, number in enumerate(sorted({m.running for m in marks}), 1)}
        borne = {
            (ranks[m.running], row.first.toordinal() - 719163, row.weapon, row.position)
            for m in marks
            for row in came.get(m.row.weapon, [])
        }
        looks.append((len(ranks), borne, looks_at([(day, rank) for rank, day, *_ in borne])))
    all_looks = sum(len(each) for *_, each in looks)
    for known, borne, of_series in looks:
        for since, until, numbers in batches_of(of_series, known, 0.05 / all_looks):
            yield many(
                (weapon, position) for rank, day, weapon, position in borne if rank in numbers and since <= day < until
            )


def small_seizures(world: World) -> Iterator[Found]:
    maker: dict[int, str] = {}
    for row in world.rows:
        told = (row.get("weapon") or {}).get("maker") or ""
        maker[row.weapon] = max(maker.get(row.weapon, ""), told)
    seized = [row for row in world.recoveries() if row.kind == "seized" and row.get("place") and maker.get(row.weapon)]

    def where(row: Row) -> Hashable:
        return row.get("place"), maker[row.weapon], (row.first.toordinal() - 719163) // 60

    for rows in grouped(seized, where).values():
        if len({row.weapon for row in rows}) >= 5 and len({row.happened for row in rows}) >= 3:
            yield many((row.weapon, row.position) for row in rows)


def loss_reported_late(world: World) -> Iterator[Found]:
    for row in world.of(*LOSSES):
        told = row.get("reported_on")
        if told and days(row.last, type(row.last).fromisoformat(told)) > 90:
            yield one(row.weapon, row.position)


def destruction_incomplete(world: World) -> Iterator[Found]:
    certified = {row.get("dossier") for row in world.of("destruction_certified")}
    destroyed = [(row.weapon, row.position) for row in world.of("destroyed")]
    left = [
        (row, weapon)
        for row, weapon, _ in world.listed("concerned")
        if row.kind == "destruction_planned"
        and row.get("dossier") in certified
        and not any(gone == weapon and position > row.position for gone, position in destroyed)
    ]
    for rows in grouped(left, lambda each: each[0].get("dossier")).values():
        yield many((weapon, row.position) for row, weapon in rows)


def surplus_then_recovered(world: World) -> Iterator[Found]:
    sold: dict[tuple[int, Any], int] = {}
    for m in world.marks():
        if m.plain["kind"] == "transfer":
            sold.setdefault((m.row.weapon, m.plain.get("state")), m.row.position)
    for row in world.recoveries():
        for (weapon, _), position in sold.items():
            if weapon == row.weapon and row.kind != "surrendered":
                yield one(weapon, position, row.position)


def unknown_step(world: World) -> Iterator[Found]:
    known = event_kinds()
    for step in world.steps():
        terms = known[EventKind(step.kind)]
        after = {status.value for status in terms.after}
        if not step.recovery and step.since and terms.to is not None and step.status not in after:
            yield one(step.row.weapon, step.since.position, step.row.position)


def _rising(rows: list[Row], name: Callable[[Row], str]) -> Iterator[Found]:
    def month(row: Row) -> int:
        return row.first.year * 12 + row.first.month

    dated = [row for row in rows if (row.first.year, row.first.month) == (row.last.year, row.last.month) and name(row)]
    for series in grouped(dated, name).values():
        months = range(min(map(month, series)), max([TODAY.year * 12 + TODAY.month, *map(month, series)]) + 1)
        counts = [sum(month(row) == each for row in series) for each in months]
        for change in changes_in(counts):
            if change.after > change.before:
                within = months[change.at : change.end]
                yield many((row.weapon, row.position) for row in series if month(row) in within)


def losses_rise(world: World) -> Iterator[Found]:
    yield from _rising(world.of(*LOSSES), lambda row: row.authority)


def recoveries_rise(world: World) -> Iterator[Found]:
    told = [row for row in world.recoveries() if row.kind != "surrendered"]
    yield from _rising(told, lambda row: row.get("place") or "")


ORACLES: Mapping[str, Oracle] = {
    name: found
    for name, found in {
        **globals(),
        "destroyed_then_recovered": _recovered_from("destroyed"),
        "seized_twice": _recovered_from("in_custody"),
        "exported_then_recovered": _recovered_from("abroad"),
        "deactivated_then_live": _recovered_from("deactivated"),
    }.items()
    if not name.startswith("_")
    and callable(found)
    and getattr(found, "__annotations__", {}).get("return") == Iterator[Found]
}
