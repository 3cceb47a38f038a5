"""What is written to rows is read back as it was, whatever it is."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tracemark.authorities import Agency, AgencyKind, Level
from tracemark.kernel import PartialDate
from tracemark.marking import Block, Mark, MarkId, MarkKind, Method, Scheme, Span, Surface, fold_serial, look_alike_key
from tracemark.recordkeeping import NumberBlock, Status, WeaponState
from tracemark.storage.relational.codec import (
    MARK_COLUMNS,
    agency_row,
    block_row,
    case_row,
    mark_rows,
    read_agency,
    read_block,
    read_case,
    read_weapon,
    weapon_row,
)
from tracemark.tracing import (
    CaseState,
    ComponentReading,
    Judgement,
    Outcome,
    Priority,
    TraceCase,
    TraceRequest,
    Verdict,
    Withdrawal,
)
from tracemark.weapons import Component, ComponentId, Description, Material, Part, WeaponId

WEAPON = WeaponId(7)
# A surrogate without its partner has no UTF-8, and the record refuses it before any store is asked.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
dates = st.dates(date(1800, 1, 1)).map(PartialDate.of) | st.builds(PartialDate, st.integers(1800, 2100))
numbers = st.integers(1, 255)
millimetres = st.none() | st.decimals(0, 50, places=4)
components = st.builds(
    Component,
    id=st.builds(ComponentId, st.builds(lambda number: WEAPON * 256 + number, numbers)),
    part=st.sampled_from(Part),
    control=st.booleans(),
    material=st.sampled_from(Material),
    metal_plate=st.none() | st.booleans(),
)
marks = st.builds(
    Mark,
    kind=st.sampled_from(MarkKind),
    text=texts,
    id=st.builds(MarkId, st.builds(lambda number: WEAPON * 256 + number, numbers)),
    component=st.builds(ComponentId, st.integers(0, 10_000)),
    part=st.none() | st.sampled_from(Part),
    place=texts,
    method=st.sampled_from(Method),
    surface=st.sampled_from(Surface),
    depth_mm=millimetres,
    height_mm=millimetres,
    serial=texts,
    maker=texts,
    state=texts,
    year=st.none() | st.integers(1800, 2100),
    model=texts,
    calibre=texts,
    photo=texts,
    qualities=st.none() | st.dictionaries(st.sampled_from(["easily_visible", "durable"]), st.booleans()),
)
descriptions = st.builds(
    Description,
    kind=texts,
    maker=texts,
    model=texts,
    calibre=texts,
    country=texts,
    year=st.none() | st.integers(1800, 2100),
    unmarked_because=texts,
    as_written=st.none() | st.dictionaries(texts, texts),
)
states = st.builds(
    WeaponState,
    weapon=st.just(WEAPON),
    description=descriptions,
    components=st.lists(components, max_size=3).map(tuple),
    marks=st.lists(marks, max_size=3, unique_by=lambda mark: mark.id).map(tuple),
    components_born=st.integers(0, 255),
    marks_born=st.integers(0, 255),
    status=st.sampled_from(Status),
    holder=texts,
    custodian=texts,
    place=texts,
    since=st.none() | dates,
    position=st.integers(-1, 2**53),
)

agencies = st.builds(
    Agency,
    code=texts,
    name=texts,
    kind=st.sampled_from(AgencyKind),
    state=texts,
    parent=texts,
    level=st.sampled_from(Level),
    active_from=st.none() | dates,
    active_until=st.none() | dates,
    competent=st.booleans(),
    contact_point=st.booleans(),
)
requests = st.builds(
    TraceRequest,
    recovered=numbers.map(WeaponId),
    readings=st.lists(st.builds(ComponentReading, texts, texts, texts), max_size=2).map(tuple),
    purpose=texts,
    illicit_because=st.lists(texts, max_size=2).map(tuple),
    year=st.none() | st.integers(1800, 2100),
    free_text=texts,
    priority=st.sampled_from(Priority),
)
judgements = st.builds(Judgement, numbers.map(WeaponId), st.sampled_from(Verdict), texts, texts, texts, texts, texts)
withdrawals = st.builds(Withdrawal, numbers.map(WeaponId), texts, texts, texts, texts)
cases = st.builds(
    TraceCase,
    id=st.integers(0, 2**53).map("T-{}".format),
    request=requests,
    state=st.sampled_from(CaseState),
    opened_at=texts,
    opened_by=texts,
    authority=texts,
    judgements=st.lists(judgements, max_size=2).map(tuple),
    outcome=st.none() | st.sampled_from(Outcome),
    answer=st.dictionaries(texts, texts, max_size=2),
    identified_as=st.none() | numbers.map(WeaponId),
    answered_at=texts,
    answered_by=texts,
    withdrawn=st.lists(withdrawals, max_size=2).map(tuple),
)


@given(states)
def test_a_weapons_state(state: WeaponState) -> None:
    assert read_weapon(weapon_row(state)) == state


@given(states)
def test_a_weapons_marks_are_kept_with_their_keys(state: WeaponState) -> None:
    rows = [dict(zip(MARK_COLUMNS, row, strict=True)) for row in mark_rows(state).values()]
    borne = [mark for mark in state.marks if fold_serial(mark.serial)]
    assert [row["id"] for row in rows] == [mark.id for mark in borne]
    assert [row["serial"] for row in rows] == [mark.serial for mark in borne]
    assert all(row["folded"] == fold_serial(row["serial"]) for row in rows)
    assert all(row["look_alike"] == look_alike_key(row["folded"]) for row in rows)


@given(agencies)
def test_an_agency(agency: Agency) -> None:
    assert read_agency(agency_row(agency)) == agency


@given(st.builds(Scheme, texts, st.integers(3, 15)), st.lists(st.integers(0, 999), min_size=2, max_size=2), st.dates())
def test_a_block(scheme: Scheme, ends: list[int], on: date) -> None:
    block = Block("XT-MINT", scheme, min(ends), max(ends), on, "army")
    known = NumberBlock(4, block, (Span(1, 2),), PartialDate(2026, 5))
    assert read_block(block_row(known), known.used) == known


@given(cases)
def test_a_case(case: TraceCase) -> None:
    number, _, state, body = case_row(case)
    assert read_case(number, state, body) == case


@given(cases)
def test_a_case_that_an_earlier_version_kept_is_read_without_what_it_lacks(case: TraceCase) -> None:
    number, _, state, body = case_row(case)
    plain = json.loads(body)
    for name in ("identified_as", "answered_at", "answered_by", "withdrawn"):
        del plain[name]
    for judgement in plain["judgements"]:
        del judgement["at"]
    read = read_case(number, state, json.dumps(plain))
    assert (read.request, read.outcome, read.identified_as, read.withdrawn) == (case.request, case.outcome, None, ())
