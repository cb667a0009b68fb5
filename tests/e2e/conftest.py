"""A browser on the local mode: one server per module, one visitor per test."""

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.e2e.site import DEMO, Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000
"""Milliseconds, long enough for a slow machine."""
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A second try for what a browser sees; the report names every test that needed one.

    Such a test is to be mended: most of them so far showed a race that a quick person meets too.
    """
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it the tests fail rather than being skipped unnoticed."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("there is no chromium on this machine: run make browser", pytrace=False)
    # One per module: its event loop would disturb those of other tests.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty system."""
    site = Site(tmp_path_factory.mktemp("site"), _free_port())
    yield site
    site.stop()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A system with the demo data, once its two sends have ended."""
    site = Site(tmp_path_factory.mktemp("demo"), _free_port(), demo=True)
    while {send["status"] for send in site.call("GET", "/v1/sends")["items"]} != {"sent", "failed"}:
        site.advance("PT1S")
    yield site
    site.stop()


type Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens a page for a new visitor, in French in Paris; the test fails on errors of scripts."""
    contexts = []
    troubles: list[str] = []

    def opened(
        site: Site,
        path: str = "/",
        *,
        person: str = DEMO,
        width: int = 1280,
        prepare: Callable[[BrowserContext], object] = lambda _: None,
    ) -> Page:
        context = browser.new_context(
            base_url=site.address,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": width, "height": 800},
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        # Frames of mails are sandboxed: they have no storage.
        context.add_init_script(
            f"if (window === top) sessionStorage['facteur.local.email'] ??= '{person}'"
        )
        prepare(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.extend(_trouble(message)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def _trouble(message: ConsoleMessage) -> list[str]:
    # «Failed to load resource» reports a refusal of the API, which is no error of the page.
    if message.type != "error" or "Failed to load resource" in message.text:
        return []
    return [message.text]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
