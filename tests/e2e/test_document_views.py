"""Finding documents, opening their PDFs, unpublishing and deleting them; details of settings."""

import base64
import re
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, ORDER, STAFF, Site

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def documents(site: Site) -> dict[str, str]:
    """A document of each type, by the name under which it is listed."""
    return {
        "Équipe Bercy": site.document(STAFF),
        "Facture F-142": site.document(INVOICE, publish=False),
        "Bon de commande BC-31": site.document(ORDER),
    }


def _names(page: Page) -> Any:
    return page.get_by_role("table", name="Documents").locator("tbody tr td:first-child a")


@pytest.mark.usefixtures("documents")
@pytest.mark.parametrize(
    ("typed", "choices", "found"),
    [
        ("bercy", {}, "Équipe Bercy"),
        ("F-142", {}, "Facture F-142"),
        ("leroy", {}, "Bon de commande BC-31"),
        ("", {"Type de document": "Listes de personnel"}, "Équipe Bercy"),
        ("", {"Statut": "Brouillons"}, "Facture F-142"),
        ("bc", {"Type de document": "Bons de commande", "Statut": "Envoyés"}, "Bon de commande"),
    ],
    ids=["name", "number", "party", "type", "status", "all"],
)
def test_documents_are_searched_and_filtered(
    site: Site, visit: Visit, typed: str, choices: dict[str, str], found: str
) -> None:
    page = visit(site, "/documents")
    expect(page.get_by_role("link", name="Équipe Bercy")).to_be_visible()

    page.get_by_label("Rechercher par nom, numéro ou client").fill(typed)
    for group, choice in choices.items():
        page.get_by_role("radiogroup", name=group).get_by_text(choice, exact=True).click()
    expect(_names(page)).to_have_text([re.compile(found)])
    page.reload()

    expect(_names(page)).to_have_text([re.compile(found)])


@pytest.mark.feature("S84")
def test_a_document_is_taken_back_to_draft_and_its_campaigns_are_named(
    site: Site, visit: Visit
) -> None:
    document = site.document(STAFF, name="À reprendre")
    site.campaign(document, name="Campagne touchée")
    page = visit(site, f"/documents/{document}")

    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Repasser en brouillon").click()

    expect(page.get_by_text("tant qu’il n’est pas publié : Campagne touchée.")).to_be_visible()
    expect(page.get_by_text("Brouillon", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer par email")).to_be_disabled()


def test_a_document_is_deleted_when_confirmed_unless_a_campaign_uses_it(
    site: Site, visit: Visit
) -> None:
    used = site.document(STAFF, name="Encore utilisée")
    site.campaign(used, name="Qui l’utilise")
    unused = site.document(STAFF, name="À supprimer")
    page = visit(site, f"/documents/{used}")
    _delete(page)
    expect(page.get_by_role("alert")).to_contain_text("Qui l’utilise")

    page.goto(f"/documents/{unused}")
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", name="À supprimer")).to_be_visible()
    _delete(page)

    expect(page.get_by_text("Le document est supprimé.")).to_be_visible()
    expect(page.get_by_role("heading", name="Documents", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="À supprimer")).to_have_count(0)


def _delete(page: Page) -> None:
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()


def test_the_pdf_opens_long_after_the_page_was(
    site: Site, documents: dict[str, str], visit: Visit
) -> None:
    page = visit(site, f"/documents/{documents['Facture F-142']}")
    button = page.get_by_role("button", name="Ouvrir le PDF")
    expect(button).to_be_visible()
    site.advance("PT20M")

    with page.context.expect_page() as opened:
        button.click()
    opened.value.wait_for_url(re.compile("/local/archive/"))

    assert site.http.get(opened.value.url).content.startswith(b"%PDF-")


def test_the_same_logo_is_chosen_again_once_removed(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres")
    logo = page.get_by_role("img", name="Logo de l’organisation")
    file = FilePayload(name="logo.png", mimeType="image/png", buffer=PIXEL)

    for _ in range(2):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Choisir une image").click()
        chooser.value.set_files(file)
        expect(logo).to_be_visible()
        page.get_by_role("button", name="Retirer le logo").click()
        expect(logo).to_have_count(0)
        assert page.locator("input[type=file]").input_value() == ""


def test_the_signature_s_problem_is_read_with_its_box(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres")
    signature = page.get_by_role("textbox", name="Votre signature")

    signature.fill("x" * 25_000)
    page.get_by_role("button", name="Enregistrer").first.click()

    expect(signature).to_have_attribute("aria-invalid", "true")
    expect(signature).to_be_focused()
    expect(signature).to_have_accessible_description(re.compile("Elle termine chacun.*caractères"))


@pytest.mark.feature("B39")
def test_what_is_missing_in_an_invoice_is_said_while_it_is_typed(site: Site, visit: Visit) -> None:
    page = visit(site, "/documents/nouveau/invoice")
    missing = page.get_by_text("L’adresse du client manque.")
    expect(page.get_by_label("Nom ou raison sociale")).to_be_visible()
    expect(missing).to_have_count(0)

    page.get_by_label("Nom ou raison sociale").fill("Dupont BTP")
    expect(missing).to_have_count(1)
    page.get_by_label("Adresse", exact=True).fill("35 rue de la République")

    expect(missing).to_have_count(0)
