"""Two nodes that share no process, no file and no network but one cable, which is pulled and put back."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.journeys.apart import Place, certify, two_places
from tests.node.two_nodes import introduce, note, post, said
from tracemark.authorities import Agency, AgencyKind
from tracemark.node import Node, open_node

_WAIT_SECONDS = 60
PORT = 8443


@pytest.fixture
def places() -> Iterator[tuple[Place, Place]]:
    """Two network namespaces; where none can be made, what passes over loopback is all that is tested."""
    with two_places() as made:
        yield made


def around(state: str, folder: Path, place: Place) -> dict[str, str]:
    """The environment of a State's node in its place."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACEMARK_")}
    return kept | {
        "TRACEMARK_DB": f"sqlite:///{folder}/register.sqlite3",
        "TRACEMARK_VAR": str(folder),
        "TRACEMARK_STATE": state,
        "TRACEMARK_HOSTS": place.address,
        "TRACEMARK_ENDPOINT": f"https://{place.address}:{PORT}",
    }


def opened(told: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Node:
    for name, value in told.items():
        if name.startswith("TRACEMARK_"):
            monkeypatch.setenv(name, value)
    node = open_node()
    code = f"{node.state}-REG"
    node.stores.agencies.put(Agency(code, code, AgencyKind.REGISTRY, node.state, contact_point=True))
    return node


@contextmanager
def serving(place: Place, told: dict[str, str], folder: Path) -> Iterator[Path]:
    """Serve a node in its place by HTTPS; yield the certificate once it answers there."""
    certificate, key = certify(place, folder)
    secured = told | {"GRANIAN_SSL_CERTIFICATE": str(certificate), "GRANIAN_SSL_KEYFILE": str(key)}
    command = [sys.executable, "-m", "tracemark", "serve", "--host", place.address, "--port", str(PORT)]
    knock = [sys.executable, "-c", f"import socket; socket.create_connection(('{place.address}', {PORT}), 1)"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(place.command(*command), env=secured, stdout=log, stderr=log)
        try:
            until = time.monotonic() + _WAIT_SECONDS
            while time.monotonic() < until and server.poll() is None and place.run(knock, secured).returncode:
                time.sleep(0.2)
            yield certificate
        finally:
            server.terminate()
            server.wait(timeout=_WAIT_SECONDS)


def test_what_cannot_pass_waits_until_the_cable_is_back_and_arrives_once(
    places: tuple[Place, Place],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    (here, there), folders = places, (tmp_path / "XA", tmp_path / "XB")
    for each in folders:
        each.mkdir()
    told = [around(state, folder, place) for state, folder, place in zip(("XA", "XB"), folders, places, strict=True)]
    with django_db_blocker.unblock():
        ours, theirs = (opened(each, monkeypatch) for each in told)
        introduce(ours, theirs)
        introduce(theirs, ours)
        letter = post(ours, note(theirs, "over the cable"))
        deliver = [sys.executable, "-m", "tracemark", "deliver", "--json"]
        with serving(there, told[1], folders[1]) as certificate:
            sender = told[0] | {"SSL_CERT_FILE": str(certificate)}
            here.plug(into=False)
            assert list(json.loads(here.run(deliver, sender).stdout)["failed"]) == [letter]
            assert said(theirs) == []
            here.plug(into=True)
            ours.stores.outbox.note_failed(letter, trouble="correspondence.unreachable", due=ours.clock.now())
            strangers = here.run(deliver, told[0])
            assert (list(json.loads(strangers.stdout)["failed"]), said(theirs)) == ([letter], [])
            ours.stores.outbox.note_failed(letter, trouble="correspondence.unreachable", due=ours.clock.now())
            assert json.loads(here.run(deliver, sender).stdout)["delivered"] == [letter]
        assert said(theirs) == ["over the cable"]
