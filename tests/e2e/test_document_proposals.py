"""What a new document begins with, copies, and what the form warns of."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, ORDER, STAFF, Site

DUPONT = {
    "name": "Dupont BTP",
    "address": ["35 rue de la République", "69001 Lyon"],
    "email": "compta@dupont.example",
    "siren": "732829320",
    "vat_number": "FR44732829320",
}


@pytest.mark.feature("B40")
def test_second_invoice_of_a_client_is_begun_by_its_number_and_a_click(
    site: Site, visit: Visit
) -> None:
    site.document(INVOICE, number="F-2026-0142", client=DUPONT)
    site.document(INVOICE, number="F-2026-0143", client={"name": "Martin SARL"})

    page = visit(site, "/documents/nouveau/invoice")
    expect(page.get_by_label("Numéro", exact=False).first).to_have_value("F-2026-0144")
    name = page.get_by_role("combobox", name="Nom ou raison sociale")
    name.press_sequentially("dup")
    option = page.get_by_role("option", name="Dupont BTP")
    expect(option).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="1 proposition")).to_have_count(1)
    name.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    name.press("Enter")

    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(name).to_be_focused()
    expect(name).to_have_value("Dupont BTP")
    expect(page.get_by_label("Email")).to_have_value("compta@dupont.example")
    expect(page.get_by_label("Adresse", exact=True)).to_have_value(
        "35 rue de la République\n69001 Lyon"
    )
    expect(page.get_by_label("SIREN")).to_have_value("732829320")


@pytest.mark.feature("B40")
def test_escape_closes_the_proposals_and_keeps_what_was_typed(site: Site, visit: Visit) -> None:
    site.document(ORDER, number="BC-1", supplier={"name": "Leroy Matériaux"})
    page = visit(site, "/documents/nouveau/purchase_order")
    name = page.get_by_role("combobox", name="Nom ou raison sociale")

    name.press_sequentially("Ler")
    expect(page.get_by_role("option", name="Leroy Matériaux")).to_be_visible()
    name.press("Escape")

    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(name).to_have_value("Ler")
    page.get_by_label("Nom ou raison sociale").press_sequentially("o")
    page.get_by_role("option", name="Leroy Matériaux").click()
    expect(name).to_have_value("Leroy Matériaux")


@pytest.mark.feature("B40")
def test_copy_is_opened_with_the_next_number(site: Site, visit: Visit) -> None:
    original = site.document(ORDER, number="BC-77")
    page = visit(site, f"/documents/{original}")

    page.get_by_role("button", name=re.compile("Autres actions.*BC-77")).click()
    page.get_by_role("menuitem", name="Dupliquer").click()

    expect(page.get_by_role("heading", name="Bon de commande BC-78", level=1)).to_be_visible()
    expect(page.get_by_text("La copie est un brouillon daté d’aujourd’hui.")).to_be_visible()
    expect(page).not_to_have_url(re.compile(original))


@pytest.mark.feature("B40")
def test_uploaded_pdf_is_not_offered_to_be_copied(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.uploaded(number='F-PDF')}")

    page.get_by_role("button", name="Autres actions").click()

    expect(page.get_by_role("menuitem", name="Supprimer")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Dupliquer")).to_have_count(0)


@pytest.mark.feature("B39")
def test_form_says_what_is_missing_and_leads_to_the_settings(site: Site, visit: Visit) -> None:
    lines = [{"description": "Pose", "quantity": "0", "unit_price": "10", "vat_rate": "20"}]
    invoice = site.document(INVOICE, number="I-1", lines=lines, publish=False)

    page = visit(site, f"/documents/{invoice}")
    warnings = page.get_by_role("status").filter(has_text="points à vérifier avant l’envoi")
    warnings.get_by_text("points à vérifier").click()
    expect(warnings.get_by_role("listitem")).to_have_count(6)
    expect(warnings).to_contain_text("Ligne 1")
    page.get_by_label("Date d’échéance").fill("20/12/2026")
    page.get_by_role("button", name="Enregistrer").click()
    expect(warnings.get_by_role("listitem")).to_have_count(5)
    warnings.get_by_role("link", name="Compléter les paramètres").click()

    expect(page.get_by_role("heading", name="Paramètres", level=1)).to_be_visible()


@pytest.mark.feature("B39")
def test_list_has_nothing_to_warn_of(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(STAFF, name='Équipe')}")

    expect(page.get_by_role("heading", name="Équipe", level=1)).to_be_visible()
    expect(page.get_by_text("à vérifier avant l’envoi")).to_have_count(0)


@pytest.mark.feature("B39")
def test_wrong_iban_is_refused_beside_its_field(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres")

    page.get_by_label("IBAN").fill("FR00")
    page.get_by_role("button", name="Enregistrer").last.click()

    expect(page.get_by_label("IBAN")).to_have_accessible_description(
        re.compile("La clé de cet IBAN ne correspond pas")
    )
