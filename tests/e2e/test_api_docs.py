"""The description of the API, as a developer reads it."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site


@pytest.mark.feature("B42")
def test_the_description_is_shown_without_any_other_server(site: Site, visit: Visit) -> None:
    asked: list[str] = []
    page = visit(
        site, "/", prepare=lambda context: context.on("request", lambda r: asked.append(r.url))
    )

    page.goto("/v1/docs")
    page.get_by_text("Create a campaign", exact=False).first.click()

    expect(page.get_by_role("heading", name="Facteur")).to_be_visible()
    expect(page.get_by_text("Liste mensuelle").first).to_be_visible()
    assert {url for url in asked if not url.startswith((site.address, "data:", "blob:"))} == set()
