from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voprf.ristretto import Client

SEED_BYTES = 32
ELEMENT_BYTES = 32
_MARK = b"mark:"
TAG_BYTES = 6
"""So many bytes of an output are kept: a key that is not there seems to be among 10 million once in 28 million."""


class BlindRefused(ValueError):
    """Something is no element, no answer to this question, or was not evaluated under the key it was said to be."""


class TagKey:
    """The key under which a node turns keys of marks into tags, and answers blinded ones without seeing them.

    Source: RFC 9497, mode VOPRF, ristretto255-SHA512.
    """

    def __init__(self, seed: bytes, epoch: str) -> None:
        from voprf.ristretto import Evaluator  # noqa: PLC0415 - only who asks or answers waits for it

        self._evaluator = Evaluator.from_seed(seed, f"tracemark/mark-tags/{epoch}".encode())

    @property
    def public_key(self) -> bytes:
        """The public key, 32 bytes, against which an answer is verified."""
        return self._evaluator.public_key.serialize()

    def tag(self, text: bytes) -> bytes:
        """Return the tag of an input that is known."""
        return self._evaluator.evaluate_known_input(text)[:TAG_BYTES]

    def answer(self, elements: bytes) -> bytes:
        """Evaluate blinded elements that stand side by side; the answer is their proof (64 bytes) and the results.

        Raises:
            BlindRefused: they are no elements.
        """
        from voprf.ristretto import BlindedInput  # noqa: PLC0415

        if not elements or len(elements) % ELEMENT_BYTES:
            raise BlindRefused("not elements of 32 bytes each")
        try:
            read = [BlindedInput.deserialize(each) for each in split_elements(elements)]
        except ValueError as error:
            raise BlindRefused(str(error)) from error
        return self._evaluator.evaluate_batch(read).serialize()


@dataclass(frozen=True, slots=True)
class Blinded:
    """Inputs under a blind that nobody else has. `elements` stand side by side, 32 bytes each, as they are sent."""

    elements: bytes
    clients: "tuple[Client, ...]"

    def tags(self, answer: bytes, public_key: bytes) -> list[bytes]:
        """Return the tag of each input, in their order, once the answer is shown to be of this public key.

        Raises:
            BlindRefused: it is not.

        Source: RFC 9497 3.3.2.
        """
        from voprf.ristretto import Client, PublicKey, VerifiableBatchOutput  # noqa: PLC0415

        try:
            read = VerifiableBatchOutput.deserialize(answer)
            found = Client.finalize_batch(self.clients, read, PublicKey.deserialize(public_key))
        except ValueError as error:
            raise BlindRefused(str(error)) from error
        except BaseException as error:
            # Where a proof does not verify, voprf 0.2.0 panics instead of raising an error of its own.
            if type(error).__name__ != "PanicException":
                raise
            raise BlindRefused("the proof is not of this key") from error
        return [each[:TAG_BYTES] for each in found]


def mark_input(key: str) -> bytes:
    """Return what is evaluated for the key of a mark."""
    return _MARK + key.encode()


def blind(inputs: Sequence[bytes]) -> Blinded:
    """Blind inputs, each afresh: the same one twice gives two elements that nobody can tell to be of one."""
    from voprf.ristretto import Client  # noqa: PLC0415

    drawn = [Client.blind(each) for each in inputs]
    return Blinded(b"".join(element.serialize() for _, element in drawn), tuple(client for client, _ in drawn))


def split_elements(elements: bytes) -> list[bytes]:
    """Return elements that stand side by side, one by one."""
    return [elements[at : at + ELEMENT_BYTES] for at in range(0, len(elements), ELEMENT_BYTES)]
