"""What surrounds every page: who is signed in, language, theme, keyboard, mailbox."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site

MANTINE_SCHEME = "document.documentElement.dataset.mantineColorScheme"


@pytest.mark.feature("B20")
def test_another_person_sees_nothing_of_the_first(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/documents")
    expect(page.get_by_role("link", name="Facture F-142")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Compte")).click()
    page.get_by_role("menuitem", name="demo@autre.example").click()

    expect(page.get_by_text("Aucun document pour l’instant")).to_be_visible()
    expect(page.get_by_text("Facture F-142")).to_have_count(0)


def test_any_address_signs_in_to_its_own_organization(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/historique")
    page.get_by_role("button", name=re.compile("^Compte")).click()
    page.get_by_role("menuitem", name="Autre adresse").click()

    page.get_by_role("textbox", name="Autre adresse").fill("claire@nouveau.example")
    page.get_by_role("button", name="Se connecter").click()

    expect(page.get_by_role("heading", name="Historique", level=1)).to_be_visible()
    expect(page.get_by_text("Aucun envoi pour l’instant")).to_be_visible()


@pytest.mark.feature("S83", "B18")
def test_french_first_and_english_on_request(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/historique")
    expect(page.get_by_role("heading", name="Historique", level=1)).to_be_visible()

    page.get_by_role("button", name="Langue").click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()
    page.reload()

    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_chosen_theme_stays(demo: Site, visit: Visit) -> None:
    page = visit(demo)

    page.get_by_role("button", name="Passer au thème sombre").click()
    page.reload()

    expect(page.get_by_role("button", name="Passer au thème clair")).to_be_visible()
    assert page.evaluate(MANTINE_SCHEME) == "dark"


def test_the_keyboard_leads_everywhere_and_says_how(demo: Site, visit: Visit) -> None:
    page = visit(demo)
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("n")

    expect(page.get_by_role("heading", name="Nouvelle campagne")).to_be_visible()


def test_an_unknown_address_offers_a_way_back(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/nulle-part")

    page.get_by_role("link", name="Revenir aux campagnes").click()

    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()


@pytest.mark.feature("B19")
def test_the_mailbox_shows_captured_mail_and_a_year_passes(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/courrier")
    page.get_by_role("link", name=re.compile("Facture F-142")).click()
    mail = page.get_by_role("article")
    expect(mail.frame_locator("iframe").get_by_text("Bonjour,")).to_be_visible()
    expect(mail.get_by_role("button", name="Facture F-142.pdf")).to_be_visible()
    mail.get_by_role("tab", name="Source").click()
    expect(mail.get_by_text("Subject: Facture F-142")).to_be_visible()

    page.get_by_role("button", name="1 an").click()

    expect(page.get_by_text(re.compile("L’horloge indique"))).to_be_visible(timeout=60_000)
    lists = page.get_by_role("navigation", name="Emails capturés").get_by_role(
        "link", name=re.compile("Liste de personnel - ")
    )
    expect(lists).to_have_count(24)


@pytest.mark.parametrize("path", ["/campagnes", "/historique", "/documents", "/campagnes/nouvelle"])
def test_nothing_is_cut_off_on_a_phone(demo: Site, visit: Visit, path: str) -> None:
    page = visit(demo, path, width=360)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollWidth") == 360
