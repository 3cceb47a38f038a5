"""What `demo-region` does and prints; apart from the command, so that nothing is loaded for it otherwise."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.table import Table

from tracemark.cli.output import console, fail, print_json, print_line, say
from tracemark.demo import MEMBERS, Hand, Member, RegionTold, configured, is_told, open_region, tell_region
from tracemark.kernel import Plain
from tracemark.node import Carrier, Node, SystemClock, send_waiting
from tracemark.secretariat import Why

_SECONDS = 600.0
_OPEN_ACCOUNTS = """
from tracemark import demo
from tracemark.node import open_node
for each in demo.open_accounts(open_node()):
    print(each.name, each.password, sep=" / ", end="  ")
"""


def tell(*, folder: Path, serve: bool, as_json: bool) -> None:
    """Set the region up and tell its story: over HTTP between six servers, or from hand to hand in this process."""
    os.environ.pop("TRACEMARK_KEY", None)
    folder.mkdir(parents=True, exist_ok=True)
    opened = open_region(folder, SystemClock() if serve else None)
    if is_told(opened):
        fail("cli.region_told", folder=str(folder))
    if not serve:
        hand = Hand(opened)
        _print(tell_region(opened, lambda node: _deliver(node, hand)), as_json=as_json)
        return
    with _serving(folder):
        _print(tell_region(opened, _deliver), as_json=as_json)
        for member in MEMBERS:
            console.print(f"  {member.endpoint}  {member.name} ({say(f'instruments.level_{member.level.value}')})")
        for member in MEMBERS:
            console.print(_accounts(member, folder), soft_wrap=True)
        print_line("cli.region_served")
        _wait()


def _deliver(node: Node, carrier: Carrier | None = None) -> None:
    """Send what waits; what does not arrive ends the command, as the story cannot go on without it."""
    for code, why in send_waiting(node, carrier).troubles():
        fail(code, why=why)


def _accounts(member: Member, folder: Path) -> str:
    """Open accounts in a process of the node's own: the framework knows one register a process."""
    with configured(member, folder) as told:
        command = [sys.executable, "-c", _OPEN_ACCOUNTS]
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)  # noqa: S603
    return f"{member.name}: {done.stdout.strip() or done.stderr.strip()}"


@contextmanager
def _serving(folder: Path) -> Iterator[None]:
    """Start a server for each node, wait until all answer, and stop them in the end."""
    servers = [_started(each, folder) for each in MEMBERS]
    try:
        for each in MEMBERS:
            _answers(each)
        yield
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait()


def _started(member: Member, folder: Path) -> "subprocess.Popen[bytes]":
    with configured(member, folder) as told:
        command = [sys.executable, "-m", "tracemark", "serve", "--port", str(member.port)]
        log = (folder / f"{member.code.lower()}.log").open("wb")
        with log:
            return subprocess.Popen(command, env={**os.environ, **told}, stdout=log, stderr=log)  # noqa: S603 - our own


def _answers(member: Member) -> None:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{member.endpoint}/exchange/keys", timeout=5):  # noqa: S310 - our own
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    fail("cli.region_silent", name=member.name, port=member.port)


def _wait() -> None:
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return


def _print(told: RegionTold, *, as_json: bool) -> None:
    if as_json:
        print_json(_plain(told))
        return
    names = {each.code: each.name for each in MEMBERS}
    print_line("cli.region_found", state=names["XD"], reading=told.reading)
    table = Table(*(say(f"cli.region_{each}") for each in ("request", "asked", "because", "answer", "next")))
    for hop in told.hops:
        because = ", ".join(say(f"tracing.because_{each}") for each in hop.because)
        table.add_row(
            hop.request, names[hop.state], because, say(f"tracing.result_{hop.result}"), names.get(hop.next_state, "")
        )
    console.print(table)
    print_line("cli.region_point", how=say(f"diversion.way_{told.how}"))
    for figure, cell in told.figures.items():
        missing = _missing(cell.missing, names)
        print_line("cli.region_figure", figure=say(f"figures.{figure}"), number=str(cell.number), missing=missing)
    share, missing = told.indicator.share, _missing(told.indicator.missing, names)
    print_line("cli.region_indicator_told", percent=str(share.percent), numerator=str(share.numerator),
               denominator=str(share.denominator), missing=missing)  # fmt: skip


def _missing(states: Mapping[str, Why], names: Mapping[str, str]) -> str:
    return "; ".join(f"{names[state]}: {say(f'secretariat.why_{why.value}')}" for state, why in states.items())


def _plain(told: RegionTold) -> dict[str, Plain]:
    hops: list[Plain] = [
        {
            "request": each.request,
            "state": each.state,
            "because": list(each.because),
            "result": each.result,
            "next_state": each.next_state,
        }
        for each in told.hops
    ]
    figures: dict[str, Plain] = {
        name: {
            "number": str(cell.number),
            "counted": list(cell.counted),
            "missing": {state: why.value for state, why in cell.missing.items()},
        }
        for name, cell in told.figures.items()
    }
    return {"reading": told.reading, "case": told.case, "hops": hops, "how": told.how, "figures": figures,
            "indicator": told.indicator.plain()}  # fmt: skip
