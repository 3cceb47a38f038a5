"""The oblivious function: against the vectors of RFC 9497 A.1.2, and against a second implementation."""

from pathlib import Path

import pytest
from voprf.ristretto import BlindedInput, Evaluator, VerifiableBatchOutput

from tests.exchange import ristretto
from tests.exchange.ristretto import ORDER, Point
from tracemark.exchange import (
    ELEMENT_BYTES,
    TAG_BYTES,
    BlindRefused,
    TagKey,
    blind,
    mark_input,
    tags_of,
    well_formed,
    write_tags,
)

# Source: RFC 9497 A.1.2 (ristretto255-SHA512, VOPRF mode).
SEED, INFO = bytes.fromhex("a3" * 32), b"test key"
SECRET = "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909"
PUBLIC = "c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"
BLINDS = (
    "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706",
    "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e",
)
INPUTS = (b"\0", b"\x5a" * 17)
BLINDED = (
    "863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945",
    "90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654",
)
EVALUATED = (
    "aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e",
    "cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a",
)
OUTPUTS = (
    "b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c",
    "8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6",
)
PROOF = (
    "cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a"
    "5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08"
)


def unhex(*texts: str) -> list[bytes]:
    return list(map(bytes.fromhex, texts))


def number(text: str) -> int:
    return int.from_bytes(bytes.fromhex(text), "little")


def test_the_library_agrees_with_the_vectors_where_it_lets_them_in() -> None:
    evaluator = Evaluator.from_seed(SEED, INFO)
    assert evaluator.public_key.serialize().hex() == PUBLIC
    answer = evaluator.evaluate_batch([BlindedInput.deserialize(each) for each in unhex(*BLINDED)]).serialize()
    assert answer[64:].hex() == "".join(EVALUATED)
    assert tuple(evaluator.evaluate_known_input(each).hex() for each in INPUTS) == OUTPUTS
    assert ristretto.proves(bytes.fromhex(PUBLIC), unhex(*BLINDED), unhex(*EVALUATED), answer[:64])


def test_the_second_implementation_agrees_with_all_of_the_vectors() -> None:
    secret = ristretto.secret_key(SEED, INFO)
    assert (secret, (ristretto.BASE * secret).encode().hex()) == (number(SECRET), PUBLIC)
    for text, drawn, blinded, evaluated, told in zip(INPUTS, BLINDS, BLINDED, EVALUATED, OUTPUTS, strict=True):
        element = ristretto.element_of(text) * number(drawn)
        assert element.encode().hex() == blinded
        assert (element * secret).encode().hex() == evaluated
        unblinded = Point.decode(bytes.fromhex(evaluated)) * pow(number(drawn), -1, ORDER)
        assert ristretto.output(text, unblinded).hex() == told
    proved = bytes.fromhex(PUBLIC), unhex(*BLINDED), unhex(*EVALUATED)
    assert ristretto.proves(*proved, bytes.fromhex(PROOF))
    assert not ristretto.proves(*proved, bytes.fromhex(PROOF[:-2] + "07"))


def test_a_question_of_the_second_implementation_is_answered() -> None:
    key, drawn = TagKey(SEED, "2026"), (12345, 678910)
    inputs = (mark_input("FN:AB1"), mark_input(":AB1"))
    elements = [(ristretto.element_of(each) * by).encode() for each, by in zip(inputs, drawn, strict=True)]
    answer = key.answer(b"".join(elements))
    evaluated = [answer[at : at + 32] for at in (64, 96)]
    assert ristretto.proves(key.public_key, elements, evaluated, answer[:64])
    unblinded = [Point.decode(each) * pow(by, -1, ORDER) for each, by in zip(evaluated, drawn, strict=True)]
    tags = [ristretto.output(text, each)[:TAG_BYTES] for text, each in zip(inputs, unblinded, strict=True)]
    assert tags == [key.tag(each) for each in inputs]


def test_an_answer_of_the_second_implementation_is_read_only_with_its_proof() -> None:
    drawn = blind([b"one", b"two"])
    answered = TagKey(SEED, "a").answer(drawn.elements)
    assert drawn.tags(answered, TagKey(SEED, "a").public_key) == [
        TagKey(SEED, "a").tag(each) for each in (b"one", b"two")
    ]
    for forged in (
        answered[:-1],
        answered[:64] + answered[96:] + answered[64:96],
        b"",
        TagKey(SEED, "b").answer(drawn.elements),
    ):
        with pytest.raises(BlindRefused):
            drawn.tags(forged, TagKey(SEED, "a").public_key)


def test_one_input_blinded_twice_is_two_elements() -> None:
    elements = blind([b"one", b"one"]).elements
    assert len(elements) == 2 * ELEMENT_BYTES
    assert elements[:ELEMENT_BYTES] != elements[ELEMENT_BYTES:]


@pytest.mark.parametrize("elements", [b"", bytes(31), bytes(32), b"\xff" * 32, bytes.fromhex(BLINDED[0]) + b"x"])
def test_what_is_no_element_is_not_evaluated(elements: bytes) -> None:
    with pytest.raises(BlindRefused):
        TagKey(SEED, "a").answer(elements)


def test_an_answer_has_the_shape_it_is_documented_with() -> None:
    answer = TagKey(SEED, "a").answer(blind([b"x"] * 3).elements)
    assert len(answer) == 64 + 3 * ELEMENT_BYTES
    assert VerifiableBatchOutput.deserialize(answer).serialize() == answer


def test_a_set_holds_its_tags_once_sorted_and_filled_up(tmp_path: Path) -> None:
    inputs = [b"%d" % each for each in range(100)]
    key = TagKey(SEED, "a")
    found = write_tags(tmp_path / "tags", tags_of(SEED, "a", inputs), tags_of(SEED, "a", inputs[:50]))
    content = found.path.read_bytes()
    assert (len(found), well_formed(content), well_formed(content[6:] + content[:6])) == (4096, True, False)
    assert found.holding([key.tag(each) for each in inputs]) == [True] * 100
    assert found.holding([key.tag(b"%d" % each) for each in range(100, 200)]) == [False] * 100
    assert found.holding([bytes(6), b"\xff" * 6]) == [content[:6] == bytes(6), content[-6:] == b"\xff" * 6]
