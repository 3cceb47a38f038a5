"""The tip channel: off unless opened, and nothing of whoever writes is kept, sent back to them, or logged."""

import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tracemark.authorities import Role
from tracemark.kernel import Actor
from tracemark.node import Node, TipKeyMisplaced

CONTACT = Actor("point_of_contact", "XT-REG", frozenset({Role.POINT_OF_CONTACT.value}))
TEXT = "Twelve rifles leave the depot by night."
SENDER = {
    "REMOTE_ADDR": "203.0.113.77", "HTTP_X_FORWARDED_FOR": "198.51.100.9", "HTTP_USER_AGENT": "Tattletale/9.1",
    "HTTP_REFERER": "https://forum.example/leaks", "HTTP_ACCEPT_LANGUAGE": "en",
}  # fmt: skip


@pytest.fixture
def key(
    node: Node, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The desk's private key, at a node whose channel is open."""
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    monkeypatch.setenv("TRACEMARK_TIPS", "1")
    file = tmp_path_factory.mktemp("desk") / "desk.key"
    node.tips.draw_key(file, CONTACT)
    cache.clear()
    yield file
    cache.clear()


def sent(text: str = TEXT) -> tuple[int, str]:
    answer = Client().post(reverse("tip"), {"text": text}, **SENDER)  # type: ignore[arg-type]
    return answer.status_code, answer.content.decode()


def code_in(page: str) -> str:
    [found] = re.findall(r"TIP(?:-[A-Z2-7]{4}){4}", page)
    return str(found)


def test_it_is_off_without_the_setting_and_without_a_key(
    node: Node, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "/public/tip/" in Client().get(reverse("public_site")).content.decode()
    (node.folder / "tips.key.pub").unlink()
    assert (sent()[0], Client().get(reverse("tip")).status_code) == (404, 404)
    node.tips.draw_key(key.with_name("another.key"), CONTACT)
    monkeypatch.delenv("TRACEMARK_TIPS")
    assert (sent()[0], Client().get(reverse("tip_reply")).status_code) == (404, 404)
    assert "/public/tip/" not in Client().get(reverse("public_site")).content.decode()


def test_a_tip_is_read_with_the_key_and_answered_under_the_code(node: Node, key: Path) -> None:
    status, page = sent()
    code = code_in(page)
    [opened], _ = node.tips.read(key, CONTACT)
    assert (status, opened.text) == (201, TEXT)
    ask = reverse("tip_reply")
    assert "no reply yet" in Client().post(ask, {"code": code}).content.decode()
    node.tips.answer(opened.tip.name, "We look into it.", key, CONTACT)
    assert "We look into it." in Client().post(ask, {"code": code.lower()}).content.decode()
    assert "deleted" in Client().post(ask, {"code": code, "step": "take_back"}).content.decode()
    assert Client().post(ask, {"code": code}).status_code == 422


def test_nothing_of_the_sender_is_kept_anywhere(
    node: Node, key: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client, size = Client(), node.stores.records.size()
    caplog.set_level("DEBUG")
    answers = [client.get(reverse("tip"), **SENDER)]  # type: ignore[arg-type]
    answers += [client.post(reverse("tip"), {"text": text}, **SENDER) for text in (TEXT, "", "x" * 4001)]  # type: ignore[arg-type]
    code = code_in(answers[1].content.decode())
    answers += [client.post(reverse("tip_reply"), {"code": each}, **SENDER) for each in (code, "TIP-A")]  # type: ignore[arg-type]
    assert [each.status_code for each in answers] == [200, 201, 422, 422, 200, 422]
    assert [each.cookies.output() for each in answers] == [""] * 6
    assert {(each["Cache-Control"], each["Referrer-Policy"]) for each in answers} == {("no-store", "no-referrer")}
    kept = b"".join(each.read_bytes() for each in _files(tmp_path, Path(os.environ["TRACEMARK_VAR"])))
    told = (kept + caplog.text.encode() + "".join(capfd.readouterr()).encode()).lower()
    traces = (TEXT, code, *(SENDER[name] for name in SENDER if name != "HTTP_ACCEPT_LANGUAGE"))
    assert [each for each in traces if each.lower().encode() in told] == []
    assert node.stores.records.size() == size


def _files(*folders: Path) -> list[Path]:
    return [each for folder in folders for each in folder.rglob("*") if each.is_file()]


def test_what_is_kept_bears_a_day_and_no_hour(node: Node, key: Path) -> None:
    sent()
    with sqlite3.connect(node.folder.with_suffix(".sqlite3")) as connection:
        [[lookup, received, expires, box, reply]] = connection.execute("SELECT * FROM tip")
    assert (len(lookup), len(received), len(expires), box.count("."), reply) == (64, 10, 10, 4, "")


def test_bad_input_is_explained(key: Path, client_as: ClientAs) -> None:
    place = reverse("tip")
    foreign = Client().post(place, {"text": TEXT}, headers={"Sec-Fetch-Site": "cross-site"})
    large = Client().post(place, {"text": "x" * 70_000})
    known = client_as(Role.AUDITOR.value).post(place, {"text": TEXT})
    assert (sent(" ")[0], foreign.status_code, large.status_code, known.status_code) == (422, 403, 413, 403)
    said = [each.content.decode() for each in (foreign, large, known)]
    assert [part in text for part, text in zip(("another site", "far too much", "signed in"), said, strict=True)] == [
        True, True, True,
    ]  # fmt: skip


def test_the_language_is_chosen_without_a_cookie(key: Path) -> None:
    answer = Client().get(f"{reverse('tip')}?language=ar")
    assert ('dir="rtl"' in answer.content.decode(), answer.cookies.output()) == (True, "")


def test_the_private_key_is_not_put_beside_the_register_nor_over_another(node: Node, key: Path) -> None:
    for file in (key, node.folder.parent / "desk.key", node.folder / "desk.key"):
        with pytest.raises(TipKeyMisplaced):
            node.tips.draw_key(file, CONTACT)
    assert (key.stat().st_mode & 0o777, key.stat().st_size) == (0o600, 32)
