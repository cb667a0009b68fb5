"""What a member sees and does not change, and what an administrator does."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Visit
from tests.e2e.site import Site

ADMIN_ONLY = "Seul un administrateur peut modifier ces réglages."


def become(page: Page, role: str) -> None:
    page.get_by_role("button", name=re.compile("^Compte")).click()
    page.get_by_role("menuitem", name=f"Devenir {role}").click()


def organization(page: Page) -> Locator:
    """The part of the settings that is everybody's."""
    return page.locator("section, form").filter(
        has=page.get_by_role("heading", name="Organisation")
    )


@pytest.mark.feature("B43")
def test_member_reads_the_settings_that_an_administrator_changes(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/parametres")
    expect(organization(page).get_by_role("button", name="Enregistrer")).to_be_visible()
    organization(page).get_by_role("textbox", name="IBAN").fill("FR7630006000011234567890189")
    organization(page).get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré").first).to_be_visible()

    become(page, "membre")

    expect(page.get_by_text(ADMIN_ONLY)).to_be_visible()
    expect(organization(page).get_by_text("FR7630006000011234567890189")).to_be_visible()
    expect(organization(page).get_by_role("textbox")).to_have_count(0)
    expect(organization(page).get_by_role("button")).to_have_count(0)
    page.get_by_role("textbox", name="Nom affiché").fill("Camille D.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Enregistré").first).to_be_visible()


def test_axe_finds_nothing_where_a_member_reads_the_settings(demo: Site, visit: Visit) -> None:
    def read(page: Page) -> None:
        become(page, "membre")
        expect(page.get_by_text(ADMIN_ONLY)).to_be_visible()

    assert violations(demo, visit, "/parametres", read) == []


@pytest.mark.feature("B43")
def test_role_is_shown_asked_for_once_and_kept_when_the_page_opens_again(
    demo: Site, visit: Visit
) -> None:
    page = visit(demo, "/campagnes")
    page.get_by_role("button", name=re.compile("^Compte")).click()
    expect(page.get_by_role("menu").get_by_text("Administrateur", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    become(page, "membre")
    page.get_by_role("button", name=re.compile("^Compte")).click()
    expect(page.get_by_role("menu").get_by_text("Membre", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Paramètres").click()
    expect(page.get_by_text(ADMIN_ONLY)).to_be_visible()
    page.get_by_role("link", name="Historique").click()
    page.get_by_role("link", name="Paramètres").click()
    expect(page.get_by_text(ADMIN_ONLY)).to_be_visible()
    asked = [address for address in requested if address.endswith("/v1/me")]
    page.reload()
    expect(page.get_by_text(ADMIN_ONLY)).to_be_visible()
    become(page, "administrateur")

    expect(organization(page).get_by_role("button", name="Enregistrer")).to_be_visible()
    # And the settings show how much of the day is used when they are opened.
    assert 1 <= len(asked) <= 3
