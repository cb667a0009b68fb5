"""What all pages have in common: user, language, theme, keyboard, mailbox."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, Site

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


@pytest.mark.feature("B18", "S29")
def test_a_page_in_english_proposes_a_mail_in_the_organizations_language(
    demo: Site, visit: Visit
) -> None:
    page = visit(demo, "/campagnes/nouvelle")
    page.get_by_role("button", name="Langue").click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("heading", name="New campaign", level=1)).to_be_visible()
    page.reload()

    expect(page.get_by_role("textbox", name="Subject")).to_have_value("Liste de personnel - {date}")
    page.get_by_label("Document type").select_option(label="Invoice")
    expect(page.get_by_role("textbox", name="Subject")).to_have_value("Facture {document_number}")
    expect(page.get_by_role("textbox", name="Message")).to_have_value(re.compile("^Bonjour"))


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


def test_single_keys_can_be_turned_off(demo: Site, visit: Visit) -> None:
    page = visit(demo)
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Activer les raccourcis d’une seule touche").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.reload()
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    for key in ("?", "/", "n", "g", "h"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Compte")).click()
    page.get_by_role("menuitem", name="Raccourcis clavier").click()

    expect(page.get_by_role("checkbox", name="Activer les raccourcis")).not_to_be_checked()


def test_a_menu_s_button_opens_and_closes_it(demo: Site, visit: Visit) -> None:
    page = visit(demo)
    button = page.get_by_role("button", name="Langue")

    button.click()
    expect(page.get_by_role("menuitem", name="Français")).to_be_focused()
    button.click()
    expect(page.get_by_role("menu")).to_have_count(0)
    button.press("Enter")
    expect(page.get_by_role("menuitem", name="Français")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_role("menu")).to_have_count(0)
    expect(button).to_be_focused()


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


def test_the_mailbox_is_emptied(site: Site, visit: Visit) -> None:
    site.send(site.document(INVOICE), "compta@dupont.example", "À jeter")
    site.advance("PT1S")
    page = visit(site, "/courrier")
    expect(page.get_by_role("article")).to_contain_text("À jeter")

    page.get_by_role("button", name="Vider la boîte").click()

    expect(page.get_by_text("Aucun email capturé")).to_be_visible()
    expect(page.get_by_role("button", name="Vider la boîte")).to_be_disabled()
    assert site.mails() == []
