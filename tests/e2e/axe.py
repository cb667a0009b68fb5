"""Runs axe on a screen, in both themes, at the widths of a desktop and of a phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import ROOT, Site

AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
RUN = """async (tags) => {
    await Promise.allSettled(document.getAnimations().map(({finished}) => finished));
    const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`);
}"""
WIDTHS = (1280, 360)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

type Act = Callable[[Page], None]
type Screens = dict[str, tuple[str, Act]]
"""Name of a screen → its address, and what to do there before axe runs."""


def nothing(page: Page) -> None:
    """Leaves the screen as it opens."""


def click(role: Any, name: str) -> Act:
    """Clicks on the first button or link of this name."""
    return lambda page: page.get_by_role(role, name=name).first.click()


def violations(site: Site, visit: Visit, path: str, act: Act) -> list[str]:
    """The violations that axe finds, each preceded by its width and theme."""
    found = []
    for width in WIDTHS:
        page = visit(site, path, width=width)
        expect(page.get_by_role("heading").first).to_be_visible()
        act(page)
        page.wait_for_load_state("networkidle")
        page.evaluate(_axe())
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += [f"{width} {theme} {violation}" for violation in page.evaluate(RUN, TAGS)]
        page.context.close()
    return found


def _axe(path: Path = AXE) -> str:
    if not path.exists():
        pytest.fail("axe-core is not installed: run make console-build", pytrace=False)
    return path.read_text(encoding="utf-8")
