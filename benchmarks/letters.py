"""How many letters a second a node lets in, over HTTP, sealed and signed; beside bare HTTP and the cryptography alone.

The server is granian as `tracemark serve` runs it, with one process of four threads. Letters are sealed and requests
signed beforehand, so that what sends them costs little; each is opened, verified, kept in SQLite and acknowledged.
"""

import http.client
import os
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from ipaddress import IPv6Address
from pathlib import Path

from benchmarks import results
from benchmarks.pages import cpu_seconds, listening, served
from tests.node.two_nodes import introduce, state_node
from tracemark import exchange
from tracemark.correspondence import Message
from tracemark.exchange import SignedRequest
from tracemark.node import INBOX, Node, SystemClock, open_node, seal_posted

SENDERS = 4
_WAIT_SECONDS = 60
_WARMING = 50
_FAIR = 500
_BARE = (
    *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--workers", "1", "--blocking-threads", "4"),
    *("--no-ws", "benchmarks.bare:application"),
)
"""`benchmarks.bare`, served as a node is."""

_BODY = 2_000
"""Characters of a letter's body: a trace request with its readings and reasons has about as many."""


def measured(folder: Path, count: int) -> Iterator[results.Row]:
    """Yield a row for the node, for bare HTTP on the same server, and for the cryptography alone."""
    db = f"sqlite:///{folder}/register.sqlite3"
    node = open_node(db)
    sender = state_node("XB", SystemClock())  # type: ignore[arg-type]
    registry = state_node("XT", SystemClock()).stores.agencies.all()[0]  # type: ignore[arg-type]
    node.stores.agencies.put(registry)
    introduce(node, sender)
    introduce(sender, node)
    requests = [letter(sender, node) for _ in range(_WARMING + count)]
    yield row("cryptography alone", count, *alone(node, requests[: count // 4]))
    # As behind a proxy, letters come from as many addresses as it takes: none sends more a minute than is fair.
    os.environ["TRACEMARK_PROXY"] = "1"
    with served(db, 1) as (port, process):
        yield row("tracemark inbox", count, *under_load(port, process, requests))
    kept = len(node.stores.inbox.page(limit=1_000_000))
    if kept != len(requests):
        raise RuntimeError(f"{len(requests)} letters were acknowledged, {kept} are kept")
    with listening(*_BARE) as (port, process):
        yield row("bare HTTP", count, *under_load(port, process, requests))


def letter(sender: Node, to: Node) -> SignedRequest:
    """Seal a letter of usual length and sign the request that carries it."""
    message = Message(to.key.name, "tracemark.note/1", {"said": secrets.token_hex(_BODY // 2)})
    with sender.stores.atomic():
        posted = sender.stores.outbox.post(message, at=sender.clock.now())
    sealed = seal_posted(sender, sender.stores.outbox.posted(posted))
    headers = {"Content-Type": exchange.ENVELOPE_TYPE}
    request = SignedRequest("POST", f"https://node{INBOX}", sealed, headers)
    exchange.sign_request(request, to.key.name, sender.stores.signer, sender.clock.now(), secrets.token_hex(16))
    return request


def alone(node: Node, requests: Sequence[SignedRequest]) -> tuple[int, float, float]:
    """Verify, open and acknowledge letters with nothing kept; return how many, the seconds and processor seconds."""
    begun, spent = time.perf_counter(), time.process_time()
    for each in requests:
        now = node.clock.now()
        exchange.verify_request(each, node.directory.of_key, node.key.name, now)
        received = exchange.open_envelope(each.body, node.letterbox.reader, node.directory.find, node.key.name, now)
        exchange.sign_receipt(received, node.stores.signer, now)
    return len(requests), time.perf_counter() - begun, time.process_time() - spent


def under_load(port: int, process: int, requests: Sequence[SignedRequest]) -> tuple[int, float, float]:
    """Post requests from several senders at once; return how many, the seconds, and the server's processor seconds."""
    post(port, requests[:_WARMING])
    left = requests[_WARMING:]
    spent, begun = cpu_seconds(process), time.perf_counter()
    senders = [threading.Thread(target=post, args=(port, left[at::SENDERS])) for at in range(SENDERS)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    return len(left), time.perf_counter() - begun, cpu_seconds(process) - spent


def post(port: int, requests: Sequence[SignedRequest]) -> None:
    """Post requests one after another on one connection; one that is turned away is an error."""
    connection, address = http.client.HTTPConnection("127.0.0.1", port, timeout=_WAIT_SECONDS), ""
    for number, each in enumerate(requests):
        if number % _FAIR == 0:
            address = str(IPv6Address(secrets.token_bytes(16)))
        told = {**each.headers, "X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        connection.request("POST", INBOX, each.body, told)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{answer.status}: {body[:200]!r}")
    connection.close()


def row(system: str, size: int, done: int, seconds: float, processor: float) -> results.Row:
    """Return what was measured of a system as a row."""
    return {
        "system": system,
        "size": size,
        "class": "letters",
        "a_second": round(done / seconds, 1),
        "processor_ms_each": round(1000 * processor / done, 3),
    }
