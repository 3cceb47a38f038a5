"""A passkey is set up, signs in alone, serves as second step and as fresh proof, and is removed, in a real browser."""

import json
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page

from tests.browser.conftest import OpenAs, Site
from tests.browser.test_accessibility import complaints_of

pytestmark = pytest.mark.browser

HOME, FACTORS = "/", "/account/second-factor/"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A window whose browser has an authenticator that verifies its user, as a telephone or a security key does."""

    page: Page
    session: CDPSession
    authenticator: str

    def verifies(self, *, verified: bool) -> None:
        """Let the user be recognised from now on, or not."""
        asked = {"authenticatorId": self.authenticator, "isUserVerified": verified}
        self.session.send("WebAuthn.setUserVerified", asked)

    def keys(self) -> int:
        found = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        return len(found["credentials"])


@pytest.fixture
def keyed(open_as: OpenAs, site: Site) -> Keyed:
    # A passkey belongs to a name: it is offered to `localhost`, and to no number address.
    context: BrowserContext = open_as("", base_url=site.address.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return Keyed(page, session, added["authenticatorId"])


def by_password(page: Page, name: str, site: Site) -> None:
    page.goto("/account/sign-in/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", site.password)
    page.locator("main form").first.locator("button").click()
    page.wait_for_load_state()


def set_up(keyed: Keyed, site: Site) -> None:
    """Set up a passkey as a reader does who signed in by password."""
    page = keyed.page
    page.goto("/account/passkeys/new/")
    page.fill("main [name=password]", site.password)
    page.locator("main button").click()
    page.locator("form[data-passkey=create]").wait_for()
    page.fill("[name=name]", "My telephone")
    page.locator("main form button").click()
    page.wait_for_url("**/account/second-factor/codes/")


def sign_out(page: Page) -> None:
    page.goto("/account/sign-out/")
    page.locator("main button").click()
    page.wait_for_url("**/account/sign-in/**")


def path_of(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


def test_a_passkey_from_set_up_to_removal(keyed: Keyed, site: Site) -> None:
    page, complaints = keyed.page, list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    by_password(page, "approver", site)
    assert path_of(page) == FACTORS
    set_up(keyed, site)
    assert (keyed.keys(), page.locator("main li .mark").count()) == (1, 10)
    page.goto(HOME)
    assert path_of(page) == HOME

    # Alone, in place of name and password.
    sign_out(page)
    page.locator("form[data-passkey=sign-in] button").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    assert path_of(page) == HOME

    # After the password.
    sign_out(page)
    by_password(page, "approver", site)
    assert path_of(page) == "/account/second-factor/sign-in/"
    page.locator("form[data-passkey=get] button").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    assert path_of(page) == HOME

    # As a fresh proof, before it is removed.
    page.goto(FACTORS)
    page.get_by_role("link", name="Remove the passkey").first.click()
    page.wait_for_load_state()
    if "confirm" in page.url:
        page.goto("/account/passkeys/confirm/?next=/account/second-factor/")
        page.locator("form[data-passkey=get] button").click()
        page.wait_for_url(f"**{FACTORS}")
        page.get_by_role("link", name="Remove the passkey").first.click()
    page.locator("main .danger").click()
    page.wait_for_url(f"**{FACTORS}")
    page.goto(HOME)
    assert path_of(page) == FACTORS
    assert complaints == []


def test_who_is_not_recognised_does_not_sign_in(keyed: Keyed, site: Site) -> None:
    page = keyed.page
    by_password(page, "licensing_officer", site)
    set_up(keyed, site)
    sign_out(page)
    keyed.verifies(verified=False)
    page.locator("form[data-passkey=sign-in] button").click()
    page.locator("[data-passkey-failed]:visible").wait_for()
    page.goto(HOME)
    assert path_of(page).startswith("/account/sign-in/")


def test_a_number_address_says_why_it_offers_none(open_as: OpenAs) -> None:
    page = open_as("").new_page()
    page.goto("/account/sign-in/")
    page.locator("form[data-passkey=sign-in] button").click()
    page.locator("[data-passkey-failed]:visible").wait_for()
    assert "by its name" in page.locator("[data-passkey-failed]").inner_text()


def test_the_pages_of_passkeys_are_for_everybody(open_as: OpenAs, site: Site) -> None:
    """Axe finds nothing on them, and a phone need not scroll sideways."""
    address = site.address.replace("127.0.0.1", "localhost")
    for language in ("en", "ar"):
        window = open_as(
            "", locale=language, reduced_motion="reduce", base_url=address,
            viewport={"width": 360, "height": 740},
        ).new_page()  # fmt: skip
        by_password(window, "storekeeper", site)
        for path in ("/account/second-factor/", "/account/passkeys/new/"):
            window.goto(path)
            if window.locator("main [name=password]").count():
                window.fill("main [name=password]", site.password)
                window.locator("main button").click()
                window.locator("form[data-passkey=create]").wait_for()
            wide = window.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (json.dumps(complaints_of(window)), wide) == ("[]", 0)
