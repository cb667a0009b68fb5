"""What a screen reader is told without the focus being moved (WCAG 4.1.3)."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.refusals import refuse
from tests.e2e.site import INVOICE, STAFF, Site

PAGE = 50


@pytest.fixture(scope="module")
def documents(site: Site) -> str:
    """More documents than a page has; the id of one of them."""
    for n in range(PAGE):
        site.document(INVOICE, number=f"G-{n}", publish=False)
    site.document(STAFF, name="Équipe Nation")
    return site.document(STAFF)


def said(page: Page, words: str) -> Locator:
    """A live region that says these words and nothing else."""
    return page.get_by_role("status").filter(has_text=re.compile(f"^{re.escape(words)}$"))


@pytest.mark.usefixtures("documents")
def test_search_filter_and_pages_say_what_they_have_found(site: Site, visit: Visit) -> None:
    page = visit(site, "/documents")
    expect(page.get_by_role("link", name="Équipe Nation")).to_be_visible()
    # What a page opens with is not announced: its heading is.
    expect(page.get_by_role("status").filter(has_text="document")).to_have_count(0)

    page.get_by_role("button", name="Suivant").click()
    expect(said(page, "2 documents sur cette page. Dernière page.")).to_have_count(1)
    page.get_by_role("button", name="Précédent").click()
    expect(said(page, "50 documents sur cette page. Première page.")).to_have_count(1)
    page.get_by_role("searchbox").fill("équipe")
    expect(said(page, "2 documents.")).to_have_count(1)
    page.get_by_role("searchbox").fill("nation")
    expect(said(page, "1 document.")).to_have_count(1)
    page.get_by_role("searchbox").fill("introuvable")

    expect(said(page, "Aucun résultat.")).to_have_count(1)


@pytest.mark.usefixtures("documents")
def test_same_count_of_another_question_is_said_again(site: Site, visit: Visit) -> None:
    page = visit(site, "/documents?q=bercy")
    expect(page.get_by_role("link", name="Équipe Bercy")).to_be_visible()
    page.get_by_role("searchbox").fill("nation")
    region = said(page, "1 document.")
    before = region.locator("span").element_handle()

    page.get_by_role("searchbox").fill("bercy")
    expect(page.get_by_role("link", name="Équipe Bercy")).to_be_visible()

    page.wait_for_function("(span) => !span.isConnected", arg=before)
    expect(region).to_have_count(1)


def test_filters_of_campaigns_and_history_say_what_they_have_found(
    site: Site, documents: str, visit: Visit
) -> None:
    site.campaign(documents)
    page = visit(site, "/campagnes")
    expect(page.get_by_role("table", name="Campagnes")).to_be_visible()

    page.get_by_role("radiogroup", name="Statut").get_by_text("En pause").click()
    expect(said(page, "Aucun résultat.")).to_have_count(1)
    page.get_by_role("radiogroup", name="Statut").get_by_text("Actives").click()
    expect(said(page, "1 campagne.")).to_have_count(1)
    page.get_by_role("link", name="Historique").click()
    expect(page.get_by_role("heading", name="Historique")).to_be_focused()
    page.get_by_role("searchbox").fill("introuvable")

    expect(said(page, "Aucun résultat.")).to_have_count(1)


def test_what_is_saved_and_what_is_refused_is_said(
    site: Site, documents: str, visit: Visit
) -> None:
    page = visit(site, f"/documents/{documents}")
    # The region was there before what it says: otherwise some screen readers are silent.
    region = page.locator("[role=status][aria-atomic=false]")
    expect(region).to_have_text("")

    page.get_by_role("group", name="Informations").get_by_label("Nom").fill("Équipe Est")
    page.get_by_role("button", name="Enregistrer").click()
    expect(region).to_have_text("Modifications enregistrées.")
    page.context.route("**/v1/documents/*/unpublish", refuse)
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Repasser en brouillon").click()

    expect(page.get_by_role("alert")).to_contain_text("Pas maintenant.")
