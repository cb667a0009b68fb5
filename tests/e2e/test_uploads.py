"""«Importer un PDF»: from choosing a file to the mail that carries it."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site, pdf_saying


def _choose(page: Page, pdf: bytes, name: str = "liste.pdf") -> None:
    file = FilePayload(name=name, mimeType="application/pdf", buffer=pdf)
    page.locator("input[type=file]").set_input_files(file)


def _save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()


@pytest.mark.feature("B17", "S3", "S12")
def test_the_mail_carries_the_very_bytes_of_the_pdf_that_was_imported(
    site: Site, visit: Visit
) -> None:
    pdf = pdf_saying("Équipe de nuit")
    page = visit(site, "/documents")
    expect(page.get_by_text("importez un PDF existant")).to_be_visible()

    page.get_by_role("link", name="Importer un PDF").first.click()
    page.get_by_label("Type de document").select_option("Liste de personnel")
    page.get_by_label("Nom").fill("Équipe de nuit")
    _choose(page, pdf)
    _save(page)
    expect(page.get_by_role("heading", name="Équipe de nuit", level=1)).to_be_visible()
    page.get_by_role("button", name="Publier").click()
    page.get_by_role("link", name="Envoyer par email").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Email principal").fill("chef@dupont.example")
    form.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    [mail] = [mail for mail in site.mails() if mail.to == ["chef@dupont.example"]]
    assert mail.attached() == [pdf]


@pytest.mark.feature("B17")
def test_a_pdf_is_dropped_and_what_the_api_has_against_it_stands_beside_it(
    site: Site, visit: Visit
) -> None:
    page = visit(site, "/documents/importer")
    expect(page.get_by_text("déposez-le sur cette page")).to_be_visible()
    page.evaluate(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["PK"], "facture.pdf", {type: "application/pdf"}));
            const dropped = {bubbles: true, cancelable: true, dataTransfer: files};
            document.body.dispatchEvent(new DragEvent("drop", dropped));
        }"""
    )
    page.get_by_label("Numéro").fill("F-2026-7")
    _save(page)
    file = page.get_by_role("button", name="Choisir un autre fichier")
    expect(page.get_by_text("Ce fichier n’est pas un PDF.")).to_be_visible()
    expect(file).to_be_focused()

    _choose(page, pdf_saying("Facture"), "facture.pdf")
    _save(page)

    expect(page.get_by_role("heading", name="Facture F-2026-7")).to_be_visible()


@pytest.mark.feature("B17")
def test_another_pdf_takes_its_place(site: Site, visit: Visit) -> None:
    corrected = pdf_saying("corrigée")
    document = site.uploaded(number="F-8")
    page = visit(site, f"/documents/{document}")

    page.get_by_label("Nom").fill("Facture corrigée")
    page.get_by_role("button", name="Remplacer le PDF").wait_for()
    _choose(page, corrected)
    expect(page.get_by_text("Remplacera le PDF actuel")).to_be_visible()
    _save(page)
    expect(page.get_by_text("Modifications enregistrées.")).to_be_visible()

    stored = site.http.get(f"/v1/documents/{document}/pdf", follow_redirects=True)
    expect(page.get_by_role("heading", name="Facture corrigée")).to_be_visible()
    expect(page.get_by_role("button", name="Remplacer le PDF")).to_be_visible()
    assert stored.content == corrected


@pytest.mark.feature("B17", "S47")
def test_the_date_of_an_imported_list_cannot_move_by_itself(site: Site, visit: Visit) -> None:
    document = site.uploaded(type="staff_list", name="Liste importée", number="")
    site.call("POST", f"/v1/documents/{document}/publish")
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_text("Options", exact=True).click()
    increment = page.get_by_role("checkbox", name="Incrémenter automatiquement")
    expect(increment).to_be_checked()

    page.get_by_role("checkbox", name="Liste importée").check()
    expect(increment).to_be_disabled()
    expect(increment).not_to_be_checked()
    expect(page.get_by_text("Ce PDF a été importé : sa date ne peut pas changer.")).to_be_visible()
    page.get_by_label("Adresses email").fill("client1@example.com ")
    page.get_by_role("button", name="Activer la campagne").click()

    expect(page.get_by_role("heading", name="Liste importée - Mensuelle")).to_be_visible()
