from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

LONGEST_ANSWER = 1 << 20
"""No answer of another node to a question of these has more bytes."""

_PATIENCE_S = 20


class NoAnswer(Exception):
    """Another node was not reached, or answered with more than anybody asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What another node answered: its HTTP status, and the body."""

    status: int
    body: bytes

    @property
    def text(self) -> str:
        """The body as text; what is no UTF-8 is replaced, and will not verify."""
        return self.body.decode("utf-8", "replace")


class Ask(Protocol):
    """Asks an address: POST where there is a body, else GET; an answer of more than `longest` bytes is none."""

    def __call__(
        self, address: str, body: bytes | None, longest: int, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Return what it answers. Raise NoAnswer where there is none."""
        ...


def ask_address(
    address: str,
    body: bytes | None = None,
    longest: int = LONGEST_ANSWER,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask another node over HTTP. Redirections are not followed, so that nobody sends this node elsewhere.

    Raises:
        NoAnswer: it was not reached, or answered with too much.
    """
    # Most commands open a node and ask no other one.
    import httpx  # noqa: PLC0415

    try:
        with (
            httpx.Client(timeout=_PATIENCE_S, follow_redirects=False) as client,
            client.stream("GET" if body is None else "POST", address, content=body, headers=headers) as answer,
        ):
            found = bytearray()
            for piece in answer.iter_bytes():
                found += piece
                if len(found) > longest:
                    raise NoAnswer(f"{address}: more than {longest} bytes")
            return Answer(answer.status_code, bytes(found))
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise NoAnswer(f"{address}: {error}") from error
