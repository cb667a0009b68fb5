"""After whatever a person does, something has the focus: never the body."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.refusals import refuse
from tests.e2e.site import INVOICE, STAFF, Site, pdf_saying

BOUNCE = "bounce@simulator.amazonses.com"
SOMEWHERE = "() => document.activeElement !== null && document.activeElement !== document.body"
PAGE = 50


@pytest.fixture(scope="module")
def past(site: Site) -> dict[str, str]:
    """The ids of a failed send and a campaign, among more documents than a page has."""
    staff = site.document(STAFF)
    for n in range(PAGE):
        site.document(INVOICE, number=f"G-{n}", publish=False)
    invoice = site.document(INVOICE)
    failed = site.send(invoice, BOUNCE, "Revenue")
    site.advance("PT1S")
    return {
        "failed": failed,
        "campaign": site.campaign(staff),
        "doomed": site.campaign(staff, name="À supprimer"),
        "invoice": invoice,
    }


RENDERED = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 250)))"


def somewhere(page: Page) -> None:
    """Waits until something has the focus, and looks again once everything has rendered."""
    page.wait_for_function(SOMEWHERE)
    page.evaluate(RENDERED)
    page.wait_for_function(SOMEWHERE)


def test_in_campaigns(site: Site, past: dict[str, str], visit: Visit) -> None:
    page = visit(site, "/campagnes")

    page.get_by_role("button", name="Mettre en pause À supprimer").click()
    expect(page.get_by_text("La campagne est en pause.")).to_be_visible()
    somewhere(page)
    page.get_by_role("button", name="Fermer").click()
    expect(page.get_by_text("La campagne est en pause.")).to_have_count(0)
    somewhere(page)
    page.get_by_role("button", name="Autres actions : À supprimer").click()
    page.get_by_role("menuitem", name="Dupliquer").click()
    expect(page.get_by_text("La copie est créée, en pause.")).to_be_visible()
    somewhere(page)
    page.get_by_role("button", name="Autres actions : À supprimer").first.click()
    page.get_by_role("menuitem", name="Envoyer maintenant").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    somewhere(page)
    page.get_by_role("button", name="Autres actions : À supprimer").last.click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("La campagne est supprimée.")).to_be_visible()
    somewhere(page)
    page.get_by_role("radiogroup", name="Statut").get_by_text("Terminées").click()
    expect(page.get_by_text("Aucune campagne dans cet état")).to_be_visible()
    page.get_by_role("button", name="Effacer les filtres").click()
    expect(page.get_by_role("table", name="Campagnes")).to_be_visible()
    somewhere(page)


def test_in_the_history(site: Site, past: dict[str, str], visit: Visit) -> None:
    page = visit(site, f"/historique/{past['failed']}?statut=failed")

    drawer = page.get_by_role("dialog", name="Détail de l’envoi")
    drawer.get_by_role("button", name="Relancer").click()
    somewhere(page)
    drawer.get_by_role("button", name="Annuler").click()
    expect(drawer.get_by_role("form")).to_have_count(0)
    somewhere(page)
    drawer.get_by_role("button", name="Marquer comme traité").click()
    expect(drawer.get_by_role("button", name="Rouvrir")).to_be_visible()
    somewhere(page)
    drawer.get_by_role("button", name="Rouvrir").click()
    expect(drawer.get_by_role("button", name="Marquer comme traité")).to_be_visible()
    somewhere(page)
    drawer.get_by_role("button", name="Relancer").click()
    drawer.get_by_role("combobox").first.fill("compta@dupont.example")
    drawer.get_by_role("button", name="Relancer").click()
    expect(page.get_by_text("L’envoi est relancé.")).to_be_visible()
    somewhere(page)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    somewhere(page)
    page.get_by_role("button", name="Effacer les filtres").click()
    expect(page.get_by_role("button", name="Effacer les filtres")).to_have_count(0)
    somewhere(page)
    with page.expect_download():
        page.get_by_role("button", name="Exporter en CSV").click()
    expect(page.get_by_role("button", name="Exporter en CSV")).to_be_focused()


def test_in_documents(site: Site, past: dict[str, str], visit: Visit) -> None:
    page = visit(site, "/documents")

    following = page.get_by_role("button", name="Suivant")
    following.click()
    expect(following).to_be_disabled()
    expect(following).to_be_focused()
    search = page.get_by_role("searchbox")
    search.fill("introuvable")
    expect(page.get_by_text("Aucun document ne correspond")).to_be_visible()
    page.get_by_role("button", name="Effacer la recherche").click()
    expect(search).to_be_focused()
    page.get_by_role("radiogroup", name="Statut").get_by_text("Envoyés").click()
    expect(page.get_by_role("link", name="Facture F-142")).to_be_visible()
    page.get_by_role("link", name="Facture F-142").click()
    expect(page.get_by_role("heading", name="Facture F-142")).to_be_focused()
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Repasser en brouillon").click()
    expect(page.get_by_text("de nouveau un brouillon")).to_be_visible()
    somewhere(page)
    page.get_by_role("button", name="Marquer comme envoyée").click()
    expect(page.get_by_role("button", name="Marquer comme envoyée")).to_have_count(0)
    somewhere(page)
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Dupliquer").click()
    expect(page.get_by_text("La copie est un brouillon")).to_be_visible()
    somewhere(page)
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_text("Le document est supprimé.")).to_be_visible()
    somewhere(page)


def test_in_a_send_under_its_own_address(site: Site, past: dict[str, str], visit: Visit) -> None:
    page = visit(site, f"/documents/{past['invoice']}/envoyer")
    dialog = page.get_by_role("dialog")

    dialog.get_by_role("button", name="Annuler").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("link", name="Envoyer par email").click()
    dialog.get_by_label("Email principal").fill("direction@dupont.example")
    dialog.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    somewhere(page)


def test_in_an_import(site: Site, visit: Visit) -> None:
    page = visit(site, "/documents/importer")
    file = FilePayload(name="f.pdf", mimeType="application/pdf", buffer=pdf_saying("Facture"))
    page.get_by_role("heading", level=1).focus()

    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Numéro", exact=False).first.fill("IMP-1")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le PDF est importé.")).to_be_visible()

    somewhere(page)


def test_after_a_refusal_that_is_tried_again(site: Site, visit: Visit) -> None:
    refused = True

    def answer(route: Route) -> None:
        if refused:
            refuse(route)
        else:
            route.continue_()

    page = visit(site, "/documents")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.context.route("**/v1/campaigns*", answer)
    page.get_by_role("link", name="Campagnes", exact=True).click()
    expect(page.get_by_text("L’opération n’a pas abouti")).to_be_visible()
    somewhere(page)
    refused = False
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("alert")).to_have_count(0)

    somewhere(page)


def test_in_settings_language_and_account(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres")

    page.get_by_role("textbox", name="Nom affiché").fill("Claire D.")
    profile = page.locator("form").filter(has=page.get_by_role("textbox", name="Nom affiché"))
    profile.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modifications enregistrées.")).to_be_visible()
    somewhere(page)
    page.get_by_role("button", name="Langue").click()
    page.get_by_role("menuitem", name="English").click()
    expect(page.get_by_role("button", name="Language")).to_be_focused()
    page.get_by_role("button", name="Switch to the dark theme").click()
    somewhere(page)
    page.get_by_role("button", name=re.compile("^Account")).click()
    page.get_by_role("menuitem", name="Another address").click()
    expect(page.get_by_role("textbox", name="Another address")).to_be_visible()

    somewhere(page)
