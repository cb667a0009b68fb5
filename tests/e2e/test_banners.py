"""Banners at the top of the page."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site

OFFLINE = "Connexion perdue. Rien n’est envoyé pour l’instant."
UNREACHED = "Le service ne répond pas. Vérifiez votre connexion, puis réessayez."
SANDBOX = "Compte SES en bac à sable : seules les adresses vérifiées reçoivent."


def test_a_lost_connection_is_shown_until_it_is_back(site: Site, visit: Visit) -> None:
    page = visit(site)
    expect(page.get_by_text("Aucune campagne pour l’instant")).to_be_visible()
    expect(page.get_by_text(OFFLINE)).to_have_count(0)

    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text=OFFLINE)).to_be_visible()
    page.context.set_offline(False)

    expect(page.get_by_text(OFFLINE)).to_have_count(0)


def test_what_is_saved_without_a_connection_says_so_and_is_kept(site: Site, visit: Visit) -> None:
    page = visit(site, "/documents/nouveau/invoice")
    number = page.get_by_role("textbox", name="Numéro", exact=True)
    number.fill("F-2026-0143")
    page.get_by_label("Nom ou raison sociale").fill("Dupont BTP")
    page.get_by_role("textbox", name=re.compile("Désignation")).first.fill("Cloisons")

    page.context.set_offline(True)
    page.get_by_role("button", name="Enregistrer").click()

    said = page.get_by_role("alert").filter(has_text=UNREACHED)
    expect(said).to_contain_text("Vos saisies sont conservées.")
    expect(number).to_have_value("F-2026-0143")


def _refused_by_the_sandbox(page: Page) -> None:
    """Give every failed send in the API's responses the code of the SES sandbox."""

    def answer(route: Route) -> None:
        listed = route.fetch().json()
        for send in listed["items"]:
            send["error"] = {"code": "ses_sandbox", "detail": "Email address is not verified."}
        route.fulfill(json=listed)

    page.context.route(re.compile(r"/v1/sends\?.*resolution=open"), answer)


@pytest.mark.parametrize("in_sandbox", [False, True])
def test_an_account_still_in_the_sandbox_is_shown_beside_its_failures(
    demo: Site, visit: Visit, in_sandbox: bool
) -> None:
    page = visit(demo, "/nulle-part")
    if in_sandbox:
        _refused_by_the_sandbox(page)

    page.goto("/documents")

    expect(page.get_by_role("link", name="Voir les erreurs")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=SANDBOX)).to_have_count(int(in_sandbox))
