"""The private question between two nodes: what it answers, what each side learns of the other, what is refused."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.node.test_witnessing import CONTACT, Hands, grow, node_of
from tests.node.two_nodes import introduce
from tests.rooms import officer
from tracemark import correspondence, exchange, recordkeeping, tracing
from tracemark.authorities import NotPermitted, Role
from tracemark.correspondence import EnvelopeRefused
from tracemark.exchange import Answer, NoAnswer, SignedRequest
from tracemark.node import Letterbox, Node, QuestionFailed
from tracemark.node.questioning import QUESTION, STATEMENT
from tracemark.recordkeeping import EventKind, Neighbour
from tracemark.tracing import KEYS_PER_DAY, QUESTION_SIZES, QuestionRefused, parse_reading
from tracemark.weapons import WeaponId

ANALYST = officer(Role.TRACING_ANALYST, authority="XA-REG")


@dataclass
class Wire:
    """The network between an asker and one other node; it keeps what the other was sent, and what it answered."""

    other: Node
    sent: list[bytes] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    change: Callable[[str, bytes], bytes] = lambda _, body: body
    spoil: Callable[[SignedRequest], SignedRequest] = lambda request: request

    def __call__(
        self, address: str, body: bytes | None, longest: int, headers: Mapping[str, str] | None = None
    ) -> Answer:
        place = address.partition("/exchange/question")[2]
        asked = self.other.questioning
        if body is not None:
            self.sent.append(body)
            try:
                answer = asked.answer_request(self.spoil(SignedRequest("POST", address, body, dict(headers or {}))))
            except (QuestionRefused, EnvelopeRefused) as refused:
                return Answer(422, json.dumps({"detail": refused.findings[0].code}).encode())
        elif place == "/tags":
            answer = (asked.statement() or "").encode()
        else:
            kept = asked.tags.kept()
            if kept is None:
                raise NoAnswer(address)
            answer = kept.tags.path.read_bytes()
            self.fetched.append(place)
        return Answer(200, self.change(place, answer))


@pytest.fixture
def home(tmp_path: Path) -> Node:
    """The State that asks."""
    return replace(node_of("XA", Hands(), 7), folder=tmp_path / "XA")


@pytest.fixture
def near(tmp_path: Path, home: Node) -> Node:
    """The State that is asked; its register holds A1, A2 and A3, which a maker unknown made."""
    node = replace(node_of("XB", Hands(), 8), folder=tmp_path / "XB")
    for weapon in (1, 2, 3):
        grow(node, weapon)
    node.questioning.tags.build(CONTACT)
    node.witnessing.put_neighbour(Neighbour(home.key, may_ask=True), CONTACT)
    home.witnessing.put_neighbour(Neighbour(node.key, "https://XB"), CONTACT)
    return node


@pytest.fixture
def wire(near: Node) -> Wire:
    return Wire(near)


def asked(home: Node, wire: Wire, reading: str, maker: str = "") -> tuple[str, ...]:
    name = wire.other.key.name
    return home.questioning.ask(parse_reading(reading), name, ANALYST, maker=maker, ask=wire).known


def elements_of(body: bytes) -> list[bytes]:
    text = json.loads(body)["notice"]["elements"]
    joined = base64.b64decode(text)
    return [joined[at : at + 32] for at in range(0, len(joined), 32)]


@pytest.mark.parametrize(
    ("reading", "known"),
    [
        ("A1", ("A1",)),
        ("a-1", ("A1",)),
        ("A9", ()),
        ("A?", ("A1", "A2", "A3")),
        ("?[13]", ("A1", "A3")),
    ],
)
def test_a_mark_is_known_or_not(home: Node, wire: Wire, reading: str, known: tuple[str, ...]) -> None:
    assert asked(home, wire, reading) == known


def test_the_maker_narrows(home: Node, near: Node, wire: Wire) -> None:
    maker = near.stores.register.state(WeaponId(1)).description.maker
    assert asked(home, wire, "A1", maker) == ("A1",)
    assert asked(home, wire, "A1", "nobody") == ()


def test_what_the_asked_state_sees_is_the_same_for_every_mark(home: Node, near: Node, wire: Wire) -> None:
    for reading in ("A1", "A1", "ZZ99", "A?"):
        asked(home, wire, reading)
    seen = [elements_of(each) for each in wire.sent]
    assert list(map(len, seen)) == [QUESTION_SIZES[0]] * 4
    drawn = [each for question in seen for each in question]
    assert len(set(drawn)) == len(drawn)
    kept = near.questioning.tags.kept()
    assert kept is not None
    known = {kept.key.tag(exchange.mark_input(f":A{number}")) for number in (1, 2, 3)}
    answered = {each[:6] for question in seen for each in question}
    assert known & answered == set()
    assert {each.keys for each in near.stores.questions.newest(9)} == {QUESTION_SIZES[0]}
    assert {each.asker for each in near.stores.questions.newest(9)} == {home.key.name}


def test_what_the_asker_holds_tells_nothing_of_a_mark_it_did_not_ask_for(home: Node, near: Node, wire: Wire) -> None:
    asked(home, wire, "A1")
    (held,) = home.folder.glob("tags-of-others/*/*.tags")
    guesses = [hashlib.sha512(exchange.mark_input(f":A{number}")).digest()[:6] for number in (1, 2, 3)]
    assert exchange.TagSet(held).holding(guesses) == [False] * 3
    kept = near.questioning.tags.kept()
    assert kept is not None
    real = [kept.key.tag(exchange.mark_input(f":A{number}")) for number in (1, 2, 3)]
    assert exchange.TagSet(held).holding(real) == [True] * 3
    assert len(exchange.TagSet(held)) == 4096


def test_a_set_is_fetched_once_and_again_when_the_register_grew(home: Node, near: Node, wire: Wire) -> None:
    assert [asked(home, wire, "A4"), asked(home, wire, "A4"), len(wire.fetched)] == [(), (), 1]
    grow(near, 4)
    built = near.questioning.tags.build(CONTACT)
    assert (built.keys, near.questioning.tags.build(CONTACT).keys) == (3, 0)
    assert [asked(home, wire, "A4"), len(wire.fetched)] == [("A4",), 2]
    assert len(list(home.folder.glob("tags-of-others/*/*"))) == 1


def test_a_new_key_is_sealed_and_its_tags_are_others(home: Node, near: Node, wire: Wire) -> None:
    before = near.questioning.tags.kept()
    near.questioning.tags.build(CONTACT, anew=True)
    after = near.questioning.tags.kept()
    assert before is not None
    assert after is not None
    assert before.key.public_key != after.key.public_key
    told = [
        each.event.details["key"] for each in near.stores.records.all() if each.event.kind is EventKind.TAG_KEY_OPENED
    ]
    assert told == [before.key.public_key.hex(), after.key.public_key.hex()]
    assert near.stores.records.at(after.sealed_at).event.details["key"] == told[1]
    assert asked(home, wire, "A1") == ("A1",)


@pytest.mark.parametrize("at", [10, 70, -1])
def test_an_answer_that_was_changed_is_refused(home: Node, near: Node, at: int) -> None:
    def change(place: str, body: bytes) -> bytes:
        where = at % len(body)
        return body if place else body[:where] + bytes([body[where] ^ 1]) + body[where + 1 :]

    with pytest.raises(QuestionFailed):
        asked(home, Wire(near, change=change), "A1")


def test_another_key_for_one_asker_is_refused(home: Node, near: Node) -> None:
    wire = Wire(near)

    def change(place: str, body: bytes) -> bytes:
        other = exchange.TagKey(bytes(32), "another")
        return body if place else other.answer(b"".join(elements_of(wire.sent[-1])))

    wire.change = change
    with pytest.raises(QuestionFailed):
        asked(home, wire, "A1")


def test_a_key_that_is_not_the_one_sealed_is_refused(home: Node, near: Node) -> None:
    def change(place: str, body: bytes) -> bytes:
        if place != "/tags":
            return body
        told = json.loads(body)["notice"]
        other = exchange.TagKey(bytes(32), "another").public_key.hex()
        return recordkeeping.sign_file(STATEMENT, {**told, "public_key": other}, near.stores.signer).encode()

    with pytest.raises(QuestionFailed, match="another key is sealed"):
        asked(home, Wire(near, change=change), "A1")


@pytest.mark.parametrize("place", ["/tags", "/tags/"])
def test_a_statement_or_a_set_that_was_changed_is_refused(home: Node, near: Node, place: str) -> None:
    def change(at: str, body: bytes) -> bytes:
        changed = at == place or (place == "/tags/" and at.startswith(place))
        return body.replace(b'"tags": ', b'"tags": 1') if changed and at == "/tags" else body[::-1] if changed else body

    with pytest.raises(QuestionFailed):
        asked(home, Wire(near, change=change), "A1")


def question(home: Node, near: Node, keys: int = 64, late: timedelta = timedelta(), to: str = "") -> str:
    elements = exchange.blind([b"x"] * keys).elements
    at = (home.clock.now() - late).isoformat()
    body = {
        "asker": home.key.name,
        "to": to or near.key.name,
        "at": at,
        "elements": base64.b64encode(elements).decode(),
    }
    return recordkeeping.sign_file(QUESTION, body, home.stores.signer)


def refusal(near: Node, text: str) -> str:
    with pytest.raises(QuestionRefused) as refused:
        near.questioning.answer(text)
    return refused.value.findings[0].code


def test_who_may_not_ask_and_what_is_no_question(home: Node, near: Node) -> None:
    stranger = node_of("XC", Hands(), 9)
    good = question(home, near)
    assert refusal(near, question(stranger, near)) == "tracing.question_unknown_asker"
    assert refusal(near, good.replace(home.key.name, near.key.name)) == "tracing.question_unknown_asker"
    assert refusal(near, question(home, near, late=timedelta(minutes=11))) == "tracing.question_late"
    assert refusal(near, question(home, near, late=timedelta(minutes=-11))) == "tracing.question_late"
    assert refusal(near, question(home, near, to="xc/tracemark/record")) == "tracing.question_late"
    assert refusal(near, question(home, near, keys=63)) == "tracing.question_unfilled"
    assert refusal(near, "{}") == "tracing.question_malformed"
    near.witnessing.put_neighbour(Neighbour(home.key), CONTACT)
    assert refusal(near, good) == "tracing.question_unknown_asker"
    assert near.stores.questions.newest(9) == []


def test_a_node_has_its_share_of_a_day(home: Node, near: Node) -> None:
    clock = near.clock
    assert isinstance(clock, Hands)
    for _ in range(KEYS_PER_DAY // 2048):
        near.questioning.answer(question(home, near, 2048))
    assert refusal(near, question(home, near)) == "tracing.question_share_spent"
    assert near.stores.questions.spent(home.key.name, "2026") == KEYS_PER_DAY
    clock.at += timedelta(days=1, seconds=1)
    home = replace(home, clock=clock)
    near.questioning.answer(question(home, near))
    assert near.stores.questions.spent(home.key.name, "2026") == KEYS_PER_DAY + 64


def test_asking_is_a_search_and_is_noted_as_one(home: Node, wire: Wire) -> None:
    asked(home, wire, "A1")
    (search,) = home.stores.searches.page()
    assert (search.actor, search.asked["readings"], search.asked["node"]) == (ANALYST.name, ["A1"], wire.other.key.name)
    with pytest.raises(NotPermitted):
        home.questioning.ask(parse_reading("A1"), wire.other.key.name, officer(Role.STOREKEEPER), ask=wire)


@pytest.mark.parametrize("reading", ["*", "A*1", "", "??", "A???", "illegible"])
def test_what_stands_for_too_much_is_not_asked(home: Node, wire: Wire, reading: str) -> None:
    with pytest.raises(QuestionRefused):
        asked(home, wire, reading)
    assert wire.sent == []


def test_a_damaged_number_is_asked_in_one_question(home: Node, wire: Wire) -> None:
    assert len(tracing.keys_of_reading(parse_reading("A?123?5"))) == 1296
    assert asked(home, wire, "A?123?5") == ()
    assert [len(elements_of(each)) for each in wire.sent] == [2048]


@pytest.fixture
def listed(tmp_path: Path) -> tuple[Node, Wire]:
    """An asker and a State that is asked, which know each other by the directory alone; the first may ask."""
    home, near = (
        replace(node_of(code, Hands(), seed), folder=tmp_path / code, letterbox=Letterbox(endpoint=f"https://{code}"))
        for code, seed in (("XA", 7), ("XB", 8))
    )
    introduce(home, near)
    introduce(near, home)
    grow(near, 1)
    near.questioning.tags.build(CONTACT)
    near.questioning.let_ask(home.key.name, CONTACT, may_ask=True)
    return home, Wire(near)


def test_a_node_of_the_directory_is_asked_at_its_endpoint_by_a_signed_request(listed: tuple[Node, Wire]) -> None:
    home, wire = listed
    assert [asked(home, wire, "A1"), asked(home, wire, "A9")] == [("A1",), ()]
    assert [(each.asker, each.keys) for each in wire.other.stores.questions.newest(9)] == [(home.key.name, 64)] * 2
    wire.other.questioning.let_ask(home.key.name, CONTACT, may_ask=False)
    with pytest.raises(QuestionFailed, match=r"tracing\.question_unknown_asker"):
        asked(home, wire, "A1")
    with pytest.raises(QuestionFailed, match=r"trouble\.no_node, name: nobody/here"):
        wire.other.questioning.let_ask("nobody/here", CONTACT, may_ask=True)


def unsigned(request: SignedRequest) -> SignedRequest:
    return replace(request, headers={"Content-Type": "text/plain"})


def changed(request: SignedRequest) -> SignedRequest:
    return replace(request, body=request.body.replace(b'"at"', b'"At"'))


def elsewhere(request: SignedRequest) -> SignedRequest:
    return replace(request, url=request.url.replace("question", "inbox"))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (unsigned, "tracing.question_unsigned"),
        (changed, "correspondence.request_unsigned"),
        (elsewhere, "correspondence.request_unsigned"),
    ],
)
def test_a_request_that_its_asker_did_not_sign_as_it_came_is_refused(
    listed: tuple[Node, Wire], spoil: Callable[[SignedRequest], SignedRequest], code: str
) -> None:
    home, wire = listed
    wire.spoil = spoil
    with pytest.raises(QuestionFailed, match=code):
        asked(home, wire, "A1")
    assert wire.other.stores.questions.newest(9) == []


def test_a_question_that_comes_again_is_not_answered_again_and_spends_nothing(listed: tuple[Node, Wire]) -> None:
    home, wire = listed
    passed = list[SignedRequest]()

    def keep(request: SignedRequest) -> SignedRequest:
        passed.append(request)
        return request

    wire.spoil = keep
    asked(home, wire, "A1")
    for again in (passed[0], unsigned(passed[0])):
        with pytest.raises(QuestionRefused):
            wire.other.questioning.answer_request(again)
    assert refusal(wire.other, passed[0].body.decode()) == "tracing.question_repeated"
    assert len(wire.other.stores.questions.newest(9)) == 1


def test_a_key_that_was_revoked_asks_nothing_and_is_asked_nothing(listed: tuple[Node, Wire]) -> None:
    home, wire = listed
    near = wire.other
    for node, other in ((near, home), (home, near)):
        peer = node.directory.find(other.key.name)
        assert peer is not None
        by: dict[str, Any] = {"actor": CONTACT, "stores": node.stores, "clock": node.clock}
        correspondence.revoke_key(peer=peer.dossier, since=node.clock.now(), reason="disk copied", **by)
    assert refusal(near, question(home, near)) == "tracing.question_unknown_asker"
    with pytest.raises(QuestionFailed, match=r"trouble\.no_node_to_ask"):
        asked(home, wire, "A1")
    assert wire.sent == []
