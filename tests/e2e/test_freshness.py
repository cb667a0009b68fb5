"""Views show changes in time, with no more requests than that needs."""

import re

import pytest
from playwright.sync_api import Request, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import STAFF, Site


@pytest.fixture(scope="module")
def document(site: Site) -> str:
    """A list, which a campaign has sent once."""
    document = site.document(STAFF)
    site.campaign(document, recurrence={"kind": "none"})
    site.advance("PT1S")
    return document


@pytest.mark.parametrize(
    ("path", "listed"),
    [("/campagnes", "campaigns"), ("/historique", "sends"), ("/documents", "documents")],
)
def test_a_view_asks_for_its_list_once_and_again_when_looked_at(
    site: Site, document: str, visit: Visit, path: str, listed: str
) -> None:
    requested: list[str] = []

    def note(request: Request) -> None:
        # The requests of the banner are not those of the view.
        if f"/v1/{listed}" in request.url and "resolution=open" not in request.url:
            requested.append(request.url)

    page = visit(site, path)
    expect(page.get_by_role("table")).to_be_visible()
    page.on("request", note)
    page.clock.install()
    page.reload()
    expect(page.get_by_role("table")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(requested) == 1

    page.clock.run_for(3_000)
    with page.expect_request(re.compile(f"/v1/{listed}")):
        page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_load_state("networkidle")

    assert len(requested) == 2


@pytest.mark.feature("S67")
def test_the_history_is_requested_each_minute_and_each_five_seconds_while_one_waits(
    site: Site, document: str, visit: Visit
) -> None:
    page = visit(site, "/historique")
    page.clock.install()
    page.reload()
    expect(page.get_by_role("table")).to_be_visible()
    with page.expect_request(_history):
        page.clock.run_for(61_000)
    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 1000})
    site.send(document, "attente@dupont.example", "Patience")

    page.reload()
    expect(page.get_by_role("row").filter(has_text="Patience")).to_contain_text("En attente")
    with page.expect_request(_history):
        page.clock.run_for(6_000)

    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 0})


def _history(request: Request) -> bool:
    return "/v1/sends" in request.url and "resolution=open" not in request.url
