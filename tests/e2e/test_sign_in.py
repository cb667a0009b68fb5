"""Signing in and out: by Cognito's pages as deployed, by a choice of users in the local mode."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.managed_login import ManagedLogin
from tests.e2e.site import DEMO, INVOICE, Site

OTHER = "demo@autre.example"


@pytest.fixture
def login(site: Site) -> ManagedLogin:
    """The sign-in pages of the site."""
    return ManagedLogin(site, DEMO)


def _sign_in(page: Page) -> None:
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("link", name="Claire").click()


def _account(page: Page, entry: str) -> None:
    page.get_by_role("button", name=re.compile("^Compte")).click()
    page.get_by_role("menuitem", name=entry).click()


def test_signing_in_leads_to_the_page_that_was_requested(
    site: Site, login: ManagedLogin, visit: Visit
) -> None:
    page = visit(site, "/historique?statut=failed", prepare=login.stand_in)

    _sign_in(page)

    expect(page.get_by_role("heading", name="Historique", level=1)).to_be_visible()
    expect(page).to_have_url(f"{site.address}/historique?statut=failed")
    page.get_by_role("button", name="Compte : Camille Durand").click()
    expect(page.get_by_text(DEMO)).to_be_visible()


def test_somebody_signed_in_stays_so_and_fetches_no_sign_in_script(
    site: Site, login: ManagedLogin, visit: Visit
) -> None:
    page = visit(site, "/documents", prepare=login.stand_in)
    _sign_in(page)
    expect(page.get_by_role("heading", name="Documents", level=1)).to_be_visible()
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    page.reload()

    expect(page.get_by_role("heading", name="Documents", level=1)).to_be_visible()
    assert not [address for address in requested if "/assets/oidc" in address]


def test_signing_out_leaves_by_the_pool_and_keeps_nothing(
    site: Site, login: ManagedLogin, visit: Visit
) -> None:
    page = visit(site, "/documents", prepare=login.stand_in)
    _sign_in(page)

    _account(page, "Se déconnecter")
    expect(page.get_by_text("Au revoir")).to_be_visible()
    page.goto("/documents")

    assert login.signed_out_to == f"{site.address}/"
    assert login.revoked == [{"token": "refresh", "client_id": "people"}]
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()


def test_a_session_that_ends_while_typing_loses_nothing(
    site: Site, login: ManagedLogin, visit: Visit
) -> None:
    login.lifetime = 1
    page = visit(site, "/documents/nouveau/invoice", prepare=login.stand_in)
    _sign_in(page)
    page.get_by_role("textbox", name="Numéro", exact=True).fill("F-2026-0142")
    login.refuses = True
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Votre session a expiré. Reconnectez-vous. Vos saisies sont conservées."
    )

    login.refuses = False
    _sign_in(page)

    expect(page).to_have_url(f"{site.address}/documents/nouveau/invoice")
    expect(page.get_by_role("textbox", name="Numéro", exact=True)).to_have_value("F-2026-0142")
    expect(page.get_by_text("Votre saisie précédente a été retrouvée.")).to_be_visible()


def test_a_session_goes_on_as_long_as_the_pool_renews_it(
    site: Site, login: ManagedLogin, visit: Visit
) -> None:
    login.lifetime = 1
    page = visit(site, "/documents", prepare=login.stand_in)
    _sign_in(page)
    expect(page.get_by_role("heading", name="Documents", level=1)).to_be_visible()

    page.get_by_role("link", name="Historique").click()

    expect(page.get_by_text("Aucun envoi pour l’instant")).to_be_visible()
    assert login.renewals > 0


def test_the_local_mode_lets_a_person_be_chosen_who_sees_nothing_of_the_first(
    site: Site, visit: Visit
) -> None:
    site.document(INVOICE, number="F-de-la-premiere")
    page = visit(site, "/documents")
    expect(page.get_by_text("F-de-la-premiere")).to_be_visible()
    answers: list[str] = []

    _account(page, "Autre adresse")
    page.on("response", lambda response: answers.append(response.url))
    page.get_by_role("button", name=OTHER).click()

    expect(page.get_by_text("Aucun document pour l’instant")).to_be_visible()
    expect(page.get_by_text("F-de-la-premiere")).to_have_count(0)
    assert any("/v1/documents" in address for address in answers)
