"""One node served by granian for the whole session, and a browser that is signed in as whoever a test names."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, sync_playwright

from tests.conftest import ROOT

_WAIT_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Site:
    """Where the node is served, the session of each role, and the password by which each may sign in as well."""

    address: str
    sessions: dict[str, str]
    person: str
    password: str


OpenAs = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def site(chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The node, filled and served in processes of its own."""
    folder = tmp_path_factory.mktemp("site")
    around = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tracemark.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "TRACEMARK_DB": f"sqlite:///{folder / 'register.sqlite3'}",
        "TRACEMARK_VAR": str(folder),
        "TRACEMARK_PUBLIC": "1",
        "TRACEMARK_CONTRIBUTIONS": "1",
        "TRACEMARK_TIPS": "1",
        "TRACEMARK_SEGMENTS_DIR": str(folder / "segments"),
    }
    filled = subprocess.run(
        [sys.executable, "-m", "tests.browser.filled"], cwd=ROOT, env=around, check=True, capture_output=True, text=True
    )
    port = _free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "2", "--no-ws", "tracemark.web.server:application",
    ]  # fmt: skip
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=around, stdout=log, stderr=log)
        try:
            _wait_for(port, server, folder / "server.log")
            yield Site(f"http://127.0.0.1:{port}", **json.loads(filled.stdout))
        finally:
            server.terminate()
            server.wait(timeout=_WAIT_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the node does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, in which a click and a key end when the page they lead to is there as a whole, not half read."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        for kind, action in product((Page, Locator), ("click", "press")):
            patch.setattr(kind, action, _until_loaded(getattr(kind, action)))
        yield started


def _until_loaded(action: Callable[..., None]) -> Callable[..., None]:
    @wraps(action)
    def loaded(of: Page | Locator, *arguments: object, **options: object) -> None:
        action(of, *arguments, **options)
        (of.page if isinstance(of, Locator) else of).wait_for_load_state()

    return loaded


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium_path: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
    yield opened
    opened.close()


@pytest.fixture
def open_as(browser: Browser, site: Site) -> Iterator[OpenAs]:
    """Open a window signed in as a role, with what Playwright calls a context's options."""
    opened: list[BrowserContext] = []

    def window(role: str, **options: object) -> BrowserContext:
        opened.append(context_of(role, browser, site, **options))
        return opened[-1]

    yield window
    for context in opened:
        context.close()


def context_of(role: str, browser: Browser, site: Site, **options: object) -> BrowserContext:
    """Return a context of its own, signed in as a role; "" is nobody."""
    context = browser.new_context(**{"base_url": site.address, **options})  # type: ignore[arg-type]
    if role:
        context.add_cookies([{"name": "session", "value": site.sessions[role], "url": site.address}])
    return context
