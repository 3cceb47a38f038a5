"""A small register whose recovered weapons were read by hasty eyes, and officers who judged every trace."""

from collections.abc import Iterator
from random import Random

from tests.rooms import StillClock, officer, told
from tracemark.authorities import Role
from tracemark.kernel import PartialDate, Plain
from tracemark.recordkeeping import Event, EventKind
from tracemark.storage.memory import MemoryStores
from tracemark.tracing import (
    ComponentReading,
    JudgedCandidate,
    JudgedCase,
    Judgement,
    Outcome,
    Recovery,
    TraceRequest,
    Verdict,
    answer_trace,
    judge_candidate,
    load_weights,
    open_trace,
    query_of,
    record_recovery,
    search_marks,
)
from tracemark.weapons import Description, WeaponId

ANALYST = officer(Role.TRACING_ANALYST, "ana", authority="XT-POL")
APPROVER = officer(Role.APPROVER, "bela")
SWAPPED, CONFUSED = 0.25, 0.3
"""How often these eyes change the order of two digits of a number, and take a 3 or an 8 for the other."""


def misread(serial: str, random: Random) -> str:
    read = [{"3": "8", "8": "3"}.get(each, each) if random.random() < CONFUSED else each for each in serial]
    if random.random() < SWAPPED:
        place = random.randrange(len(read) - 1)
        read[place], read[place + 1] = read[place + 1], read[place]
    return "".join(read)


def judged_case(number: int, reading: str, serial: str) -> JudgedCase:
    """A trace that ended with the weapon of this serial, as the record would tell it."""
    request = TraceRequest(
        WeaponId(number + 1), (ComponentReading(reading),), "investigation", maker="m", kind="pistol"
    )
    same = JudgedCandidate(
        WeaponId(number), Verdict.SAME, "2026-05-06", "0.97", "v4", (serial,), Description(maker="m", kind="rifle")
    )
    return JudgedCase(
        f"T-{number}", "seized", request, (same,), WeaponId(number), absent=False, at="2026-05-06T07:08:09"
    )


def registered(stores: MemoryStores, clock: StillClock, random: Random, count: int = 300) -> dict[WeaponId, str]:
    """Put weapons with numbers of five digits on record, and return the numbers."""
    serials = random.sample(range(100_000), count)
    known = {WeaponId(1 + place): f"{serial:05d}" for place, serial in enumerate(serials)}
    told(stores, clock, *(_imported(weapon, serial) for weapon, serial in known.items()))
    stores.register.next_weapons(count + 1)
    return known


def judge_all(stores: MemoryStores, clock: StillClock, count: int, seed: int = 1) -> dict[WeaponId, str]:
    """Trace so many weapons, one in eight of them from elsewhere, and judge and answer each as the search bears out."""
    random = Random(seed)
    known = registered(stores, clock, random)
    for weapon in random.sample(sorted(known), count):
        elsewhere = random.random() < 1 / 8
        serial = next(_strange(known, random)) if elsewhere else known[weapon]
        _judged(misread(serial, random), None if elsewhere else weapon, stores, clock)
    return known


def _imported(weapon: WeaponId, serial: str) -> Event:
    details: dict[str, Plain] = {
        "from_state": "XU",
        "holder": "XT-ARMY",
        "weapon": {"kind": "pistol", "maker": "m", "model": "one"},
        "marks": [{"kind": "manufacture", "text": serial, "serial": serial}],
    }
    return Event(weapon, EventKind.IMPORTED, PartialDate(2001), "XT-REG", "officer", details)


def _strange(known: dict[WeaponId, str], random: Random) -> Iterator[str]:
    while True:
        if (serial := f"{random.randrange(100_000):05d}") not in known.values():
            yield serial


def _judged(reading: str, weapon: WeaponId | None, stores: MemoryStores, clock: StillClock) -> None:
    recovery = Recovery(EventKind.SEIZED, PartialDate(2026, 2, 3), "Border", "XT-POL")
    recovered = record_recovery(recovery=recovery, actor=ANALYST, stores=stores, clock=clock)
    request = TraceRequest(recovered, (ComponentReading(reading),), "investigation", maker="m")
    case = open_trace(request=request, actor=ANALYST, stores=stores, clock=clock).case.id
    query = query_of(request)
    ranking = search_marks(query=query, actor=ANALYST, stores=stores, weights=load_weights(), clock=clock, case=case)
    listed = {each.weapon: f"{each.posterior:.4f}" for each in ranking.candidates}
    found = weapon is not None and weapon in listed
    judged = weapon if found else next(iter(listed), None)
    if judged is not None:
        verdict = Verdict.SAME if found else Verdict.DIFFERENT
        judgement = Judgement(WeaponId(judged), verdict, ANALYST.name, listed[judged], "v4", "as the papers say")
        judge_candidate(case=case, judgement=judgement, actor=ANALYST, stores=stores, clock=clock)
    outcome = Outcome.TRACED if found else Outcome.NOT_IN_REGISTER
    answer_trace(case=case, outcome=outcome, note="", actor=ANALYST, stores=stores, clock=clock)
