"""What every page has: safe headers, its language and direction, a title of its own, nothing inline."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import ClientAs
from tests.web.sample import Sample
from tests.web.test_permissions import ADMITTED, BY_POST_ONLY, NOT_THERE, addresses

CSP = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
    "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}  # fmt: skip
NO_PAGES = {
    *("event_proof", "checkpoint", "draft", "stock_event", "indicator_file", "own_card"),
    *("good_practice_file", "meeting_dossier_file"),
}
"""Files, what a script asks for, and what leads elsewhere until weapons are named."""
PAGES = sorted(ADMITTED.keys() - NO_PAGES - NOT_THERE - BY_POST_ONLY)


def reader_of(name: str, client_as: ClientAs) -> Client:
    return client_as(min(ADMITTED[name] - {"nobody"}))


_seen: dict[str, str] = {}


def html_of(name: str, client_as: ClientAs, sample: Sample) -> str:
    """Return a page as it is at first, drawn once for all tests here: none of them writes."""
    if name not in _seen:
        _seen[name] = _drawn(name, client_as, sample)
    return _seen[name]


def _drawn(name: str, client_as: ClientAs, sample: Sample) -> str:
    return reader_of(name, client_as).get(reverse(name, args=addresses(sample).get(name))).content.decode()


def test_headers_keep_strangers_out(client_as: ClientAs) -> None:
    response = client_as("auditor").get(reverse("home"))
    assert set(response.headers["Content-Security-Policy"].split("; ")) == CSP
    assert {name: response.headers.get(name) for name in (
        "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy", "Cache-Control",
    )} == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_nothing_stands_inline(name: str, client_as: ClientAs, sample: Sample) -> None:
    html = html_of(name, client_as, sample)
    assert re.findall(r'\sstyle="|\son\w+="|<style|<script(?![^>]*\ssrc=)|javascript:|\bdata:', html) == []


@pytest.mark.parametrize("name", PAGES)
def test_one_heading_of_the_first_order(name: str, client_as: ClientAs, sample: Sample) -> None:
    assert html_of(name, client_as, sample).count("<h1>") == 1


def test_titles_are_unique(client_as: ClientAs, sample: Sample) -> None:
    heads = {name: html_of(name, client_as, sample).partition("</head>")[0] for name in PAGES}
    titles = {name: re.findall("<title>(.*?)</title>", head, re.DOTALL) for name, head in heads.items()}
    assert {name: len(found) for name, found in titles.items() if len(found) != 1} == {}
    assert len({found[0] for found in titles.values()}) == len(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_every_sentence_is_filled_in(name: str, client_as: ClientAs, sample: Sample) -> None:
    assert re.findall(r"\{\w+\}", html_of(name, client_as, sample)) == []


@pytest.mark.parametrize(
    ("asked", "attributes"),
    [
        ("ar", 'lang="ar" dir="rtl"'),
        ("zh-CN", 'lang="zh-hans" dir="ltr"'),
        ("pt, fr;q=0.8", 'lang="fr" dir="ltr"'),
        ("xx", 'lang="en" dir="ltr"'),
    ],
)
def test_the_browser_is_answered_in_its_language(asked: str, attributes: str, client_as: ClientAs) -> None:
    html = client_as().get(reverse("account_login"), headers={"Accept-Language": asked}).content.decode()
    assert f"<html {attributes}" in html


def test_the_language_chosen_is_kept_in_cookie_and_account(client_as: ClientAs) -> None:
    client = client_as("auditor")
    client.post(reverse("preferences"), {"language": "ar", "next": "/audit/"})
    assert 'lang="ar" dir="rtl"' in client.get(reverse("home")).content.decode()
    assert 'lang="ar" dir="rtl"' in client_as("auditor").get(reverse("home")).content.decode()


def test_django_speaks_the_same_language(client_as: ClientAs) -> None:
    client = client_as()
    html = client.post(reverse("account_login"), {}, headers={"Accept-Language": "fr"}).content.decode()
    assert "Ce champ est obligatoire." in html


def test_the_theme_chosen_is_kept(client_as: ClientAs) -> None:
    client = client_as("auditor")
    assert 'data-theme="auto"' in client.get(reverse("home")).content.decode()
    client.post(reverse("preferences"), {"theme": "dark"})
    assert 'data-theme="dark"' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_preferences_lead_nowhere_else(elsewhere: str, client_as: ClientAs) -> None:
    response = client_as("auditor").post(reverse("preferences"), {"theme": "dark", "next": elsewhere})
    assert response.headers["Location"] == reverse("home")
