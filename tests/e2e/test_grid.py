"""Lines and entries as a grid: by the keyboard, from a spreadsheet, a page at a time, at any length."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, STAFF, Site

MANY = 1_000
SCREEN = 800
KEYS = "une cloison en plaques de plâtre"
PASTE = """([cell, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
    cell.dispatchEvent(event);
}"""


def line(n: int, **changes: str) -> dict[str, str]:
    return {
        **{"description": f"Cloison {n}", "quantity": "2", "unit": "m²"},
        **{"unit_price": "38.50", "vat_rate": "20"},
        **changes,
    }


def entry(n: int) -> dict[str, str]:
    return {"last_name": f"Martin {n}", "first_name": "Zoé", "start": "08:00", "end": "16:00"}


@pytest.fixture(scope="module")
def documents(site: Site) -> dict[str, str]:
    """The ids of documents with one row and with a thousand."""
    return {
        "1 line": site.document(INVOICE | {"lines": [line(1)]}, publish=False),
        "lines": site.document(
            INVOICE | {"number": "F-1000", "lines": [line(n) for n in range(MANY)]}, publish=False
        ),
        "1 entry": site.document(STAFF | {"entries": [entry(1)]}, publish=False),
        "entries": site.document(STAFF | {"entries": [entry(n) for n in range(MANY)]}),
    }


def cell(page: Page, path: str) -> Locator:
    return page.locator(f'[data-path="{path}"]')


def paste(page: Page, path: str, text: str) -> None:
    cell(page, path).focus()
    cell(page, path).evaluate("(cell, text) => (" + PASTE + ")([cell, text])", text)


def saved(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modifications enregistrées.")).to_be_visible()


def cost(page: Page, path: str) -> float:
    """Seconds of the page's own work for each of KEYS, with all that follows a pause."""
    cell(page, path).focus()
    page.keyboard.press("End")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))

    before = worked()
    page.keyboard.type(KEYS, delay=30)
    page.wait_for_timeout(1_500)
    spent = (worked() - before) / len(KEYS)
    session.detach()
    return spent


@pytest.mark.feature("B40")
@pytest.mark.parametrize(
    ("one", "many", "path"),
    [
        ("1 line", "lines", "lines.0.description"),
        ("1 line", "lines", "notes"),
        ("1 entry", "entries", "entries.0.position"),
    ],
)
def test_keystroke_costs_at_most_twice_with_a_thousand_rows(
    site: Site, visit: Visit, documents: dict[str, str], one: str, many: str, path: str
) -> None:
    costs: dict[str, list[float]] = {one: [], many: []}

    for _ in range(3):
        for name in costs:
            page = visit(site, f"/documents/{documents[name]}")
            cell(page, path).wait_for()
            page.wait_for_load_state("networkidle")
            costs[name].append(cost(page, path))
            page.context.close()

    print(costs)
    assert min(costs[many]) <= 2 * min(costs[one]), costs


@pytest.mark.feature("B40")
@pytest.mark.parametrize("name", ["lines", "entries"])
@pytest.mark.parametrize("width", [1280, 360])
def test_form_of_a_thousand_rows_is_at_most_four_screens_high(
    site: Site, visit: Visit, documents: dict[str, str], name: str, width: int
) -> None:
    page = visit(site, f"/documents/{documents[name]}", width=width)
    page.get_by_role("table").wait_for()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollHeight") <= 4 * SCREEN
    assert page.evaluate("document.documentElement.scrollWidth") <= width
