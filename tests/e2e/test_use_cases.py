"""The three use cases of Facteur, from the first click to the mail."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, ORDER, Mail, Site

MONTHS = 3


def _fill_list(page: Page, *, name: str, date: str) -> None:
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("button", name="Nouveau document").first.click()
    page.get_by_role("menuitem", name="Nouvelle liste de personnel").click()
    general = page.get_by_role("group", name="Informations")
    general.get_by_role("textbox", name="Nom", exact=True).fill(name)
    general.get_by_label("Date").fill(date)
    person = page.get_by_role("row", name="Personne 1")
    person.get_by_role("textbox", name="Nom Personne 1", exact=True).fill("Łukasz")
    person.get_by_label("Prénom").fill("Zoé")
    person.get_by_label("Poste").fill("Maçonne")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def _mails_to(site: Site, address: str) -> list[Mail]:
    return [mail for mail in site.mails() if address in mail.to]


@pytest.mark.feature(
    "S22", "S27", "S34", "S41", "S42", "S47", "S48", "S49", "S50", "S82", "S84", "B8"
)
def test_a_list_goes_out_each_month_under_the_new_month_s_date(site: Site, visit: Visit) -> None:
    page = visit(site)
    _fill_list(page, name="Équipe Bercy", date="30/11/2026")
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_text("Publiée", exact=True)).to_be_visible()

    page.get_by_role("link", name="Campagnes").click()
    page.get_by_role("link", name="Nouvelle campagne").first.click()
    page.get_by_role("checkbox", name="Équipe Bercy").check()
    page.get_by_label("Adresses email").fill("client1@example.com, client2@example.com ")
    page.get_by_role("checkbox", name="Envoi séparé (pas de CCI)").check()
    page.get_by_role("radio", name="Mensuelle").check()
    page.get_by_label("Jour du mois").select_option("31")
    expect(page.get_by_text("le 31 ou le dernier jour du mois, à 08:00")).to_be_visible()
    page.get_by_text("Options", exact=True).click()
    expect(page.get_by_role("checkbox", name="Incrémenter automatiquement")).to_be_checked()
    expect(page.get_by_role("complementary").get_by_text("liste datée du")).to_have_count(5)
    page.get_by_role("button", name="Activer la campagne").click()
    expect(page.get_by_role("heading", name="Équipe Bercy - Mensuelle")).to_be_visible()
    page.get_by_role("link", name="Boîte d’essai").click()
    for _ in range(MONTHS):
        with page.expect_response(re.compile("/local/clock$")):
            page.get_by_role("button", name="1 mois").click()
        expect(page.get_by_text(re.compile("L’horloge indique"))).not_to_have_count(0)
        expect(page.get_by_role("button", name="1 mois")).to_be_enabled()

    mails = _mails_to(site, "client1@example.com")
    dates = [mail.subject.removeprefix("Liste de personnel - ") for mail in mails]
    assert len(mails) >= MONTHS
    assert len(set(dates)) == len(dates)
    for mail, date in zip(mails, dates, strict=True):
        assert mail.to == ["client1@example.com"]
        assert date in mail.pdf_text()
        assert "-".join(reversed(date.split("/"))) in mail.filenames[0]
    page.get_by_role("link", name="Historique").click()
    expect(page.get_by_role("row", name=re.compile("Envoyé.*Liste de personnel"))).to_have_count(
        len(mails)
    )


@pytest.mark.feature("S2", "S3", "S4", "S7", "S8", "S11", "S12", "S16", "S17", "S65", "S82")
def test_an_invoice_goes_out_at_once(site: Site, visit: Visit) -> None:
    site.document(INVOICE)
    page = visit(site, "/documents")

    page.get_by_role("link", name="Facture F-142").click()
    page.get_by_role("link", name="Envoyer par email").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Email principal")).to_have_value("compta@dupont.example")
    expect(dialog.get_by_label("Objet")).to_have_value("Facture F-142 - Dupont BTP")
    expect(dialog.get_by_text("Facture F-142.pdf")).to_be_visible()
    dialog.get_by_label("Message").fill("Bonjour,\n\nVoici votre facture. Merci !")
    dialog.get_by_role("button", name="Envoyer").click()
    page.get_by_role("link", name="Suivre l’envoi dans l’historique").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("Envoyé", exact=True).first).to_be_visible()

    [mail] = _mails_to(site, "compta@dupont.example")
    assert mail.subject == "Facture F-142 - Dupont BTP"
    assert "Merci !" in mail.text
    assert mail.filenames == ["Facture F-142.pdf"]
    assert "F-142" in mail.pdf_text()


@pytest.mark.feature("S18", "S24", "S39", "S40", "S82")
def test_an_order_goes_out_each_week(site: Site, visit: Visit) -> None:
    site.document(ORDER)
    page = visit(site, "/campagnes/nouvelle")

    page.get_by_label("Type de document").select_option("Bon de commande")
    page.get_by_role("checkbox", name="Bon de commande BC-31").check()
    page.get_by_label("Adresses email").fill("commandes@leroy.example")
    page.get_by_role("radio", name="Hebdomadaire").check()
    page.get_by_label("Jour de la semaine").select_option("jeudi")
    page.get_by_label("Heure d’envoi").fill("7h30")
    page.get_by_label("Heure d’envoi").blur()
    expect(page.get_by_text("chaque jeudi à 07:30, heure de Paris")).to_be_visible()
    page.get_by_role("button", name="Activer la campagne").click()
    expect(page.get_by_text("Hebdomadaire · le jeudi · 07:30")).to_be_visible()
    site.advance("P14D")

    mails = _mails_to(site, "commandes@leroy.example")
    assert [mail.subject for mail in mails] == ["Bon de commande BC-31"] * 2
