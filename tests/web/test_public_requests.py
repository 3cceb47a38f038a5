"""Requests that a State published are open to everybody, with their data; drafts and restricted ones to nobody."""

from dataclasses import replace
from typing import Any, Literal

import pytest
from django.test import Client
from django.urls import reverse

from tests.assistance.asked import APPROVER, ASK, CONTACT
from tracemark.assistance import draft_request, open_request, sign_request
from tracemark.node import Node

ACCESS: tuple[Literal["published", "restricted", ""], ...] = ("published", "restricted", "")


def test_only_what_was_published_is_open(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    by: dict[str, Any] = {"stores": node.stores, "clock": node.clock}
    names: dict[str, str] = {}
    for number, access in enumerate(ACCESS):
        ask = replace(ASK, title=f"T{number}", need=access or "-", currency=("EUR", "USD", "CHF")[number])
        names[access] = name = draft_request(ask=ask, state="XT", actor=CONTACT, **by)
        if access:
            sign_request(request=name, note="", actor=APPROVER, **by)
            open_request(request=name, access=access, actor=CONTACT, **by)
    pages = {access: reverse("public_request", args=[name]) for access, name in names.items()}
    data = [reverse("open_requests", args=[form]) for form in ("json", "csv", "xml")]
    assert [Client().get(each).status_code for each in (*pages.values(), *data)] == [404] * 6
    monkeypatch.setenv("TRACEMARK_PUBLIC", "1")
    assert [Client().get(each).status_code for each in pages.values()] == [200, 404, 404]
    [told] = Client().get(data[0]).json()["requests"]
    assert (told["name"], told["lacking"], {"signal", "report", "drafted_by"} & told.keys()) == (
        names["published"],
        120_000,
        set(),
    )
    lines = Client().get(data[1]).content.decode().splitlines()
    assert (len(lines), "120000,0,120000,EUR" in lines[1], Client().get(data[2]).status_code) == (2, True, 404)
    shown = Client().get(reverse("public_site")).content.decode()
    assert [each in shown for each in pages.values()] == [True, False, False]
    assert "assistance.json" in Client().get(reverse("open_catalogue")).content.decode()
