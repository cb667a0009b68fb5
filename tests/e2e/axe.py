"""Runs axe on a state of a screen, in both themes, at the widths of a desktop and of a phone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import DEMO, ROOT, Site

AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
RUN = """async (tags) => {
    await Promise.allSettled(document.getAnimations().map(({finished}) => finished));
    const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`);
}"""
RENDERED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))"
HEIGHT = 800
WIDTHS = (1280, 360)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

type Act = Callable[[Page], None]
type See = Callable[[Page], Locator]


def nothing(page: Page) -> None:
    """Leaves the screen as it opens."""


def click(role: Any, name: str) -> Act:
    """Clicks on the first button or link of this name."""
    return lambda page: page.get_by_role(role, name=name).first.click()


def see(role: Any, name: str | None = None) -> See:
    """The last thing of this role and name."""
    return lambda page: page.get_by_role(role, name=name).last


def text(words: str) -> See:
    """The first thing that says these words."""
    return lambda page: page.get_by_text(words).first


@dataclass(frozen=True)
class State:
    """A screen and what is done on it before axe runs."""

    path: str
    act: Act = nothing
    shown: See = lambda page: page.get_by_role("heading").first
    """What shows that it was done. Another width may undo it: then it is done again."""
    person: str = DEMO
    refused: str | re.Pattern[str] | None = None
    """The calls that the API refuses: a pattern of their addresses."""


type Screens = dict[str, State]
"""States by their names."""


def refuse(route: Route) -> None:
    """Answers as the API does when it refuses."""
    route.fulfill(
        status=409,
        json={"code": "conflict", "detail": "Pas maintenant.", "errors": []},
    )


def violations(site: Site, visit: Visit, state: State) -> list[str]:
    """The violations that axe finds, each preceded by its width and theme. The page loads once."""

    def prepare(context: BrowserContext) -> None:
        if state.refused:
            context.route(state.refused, refuse)

    page = visit(site, state.path, person=state.person, prepare=prepare)
    expect(page.get_by_role("main")).to_be_visible()
    page.wait_for_load_state("networkidle")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(RENDERED)
        if width == WIDTHS[0] or not state.shown(page).is_visible():
            state.act(page)
        expect(state.shown(page)).to_be_visible()
        page.wait_for_load_state("networkidle")
        if width == WIDTHS[0]:
            page.evaluate(_axe())
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += [f"{width} {theme} {violation}" for violation in _found(page)]
    page.context.close()
    return found


def _found(page: Page) -> list[str]:
    """What axe finds twice: colours may still have been changing the first time."""
    return page.evaluate(RUN, TAGS) and page.evaluate(RUN, TAGS)  # type: ignore[no-any-return]


def _axe(path: Path = AXE) -> str:
    if not path.exists():
        pytest.fail("axe-core is not installed: run make console-build", pytrace=False)
    return path.read_text(encoding="utf-8")
