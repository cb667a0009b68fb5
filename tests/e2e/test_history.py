"""The history: searching, filtering and reading it, and correcting a failure."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, ORDER, STAFF, Site

BOUNCE = "bounce@simulator.amazonses.com"
MARKUP = "<img src=x onerror=alert(1)><b>gras</b>"
PAGE = 50
FILLER = 52
NARROWED = "**/v1/sends?*type=purchase_order*"


@dataclass(frozen=True)
class Past:
    """The ids of the sends in the history."""

    invoice: str
    failed: str


@pytest.fixture(scope="module")
def past(site: Site) -> Past:
    """A history of two pages: three sends to search for, the others older."""
    invoice, order = site.document(INVOICE), site.document(ORDER)
    staff = site.document(STAFF)
    for n in range(FILLER):
        site.send(order, f"ancien{n}@leroy.example", f"Ancien envoi {n:02}")
    campaign = site.campaign(staff, name="Campagne de Bercy")
    site.call("POST", f"/v1/campaigns/{campaign}/run")
    site.send(order, "commandes@leroy.example", MARKUP)
    failed = site.send(staff, BOUNCE, "Planning du chantier")
    sent = site.send(invoice, "compta@dupont.example", "Votre facture de novembre")
    site.advance("PT1S")
    return Past(sent, failed)


def _rows(page: Page) -> Locator:
    return page.get_by_role("table", name="Historique").locator("tbody tr")


@pytest.mark.feature("S63", "S65", "S66", "S75")
def test_manual_and_campaign_sends_stand_in_one_list(site: Site, past: Past, visit: Visit) -> None:
    page = visit(site, "/historique")

    expect(page.get_by_role("row").filter(has_text="Planning du chantier")).to_contain_text(
        "Erreur"
    )
    invoice = page.get_by_role("row").filter(has_text="Votre facture de novembre")
    expect(invoice).to_contain_text("Envoyé")
    expect(invoice).to_contain_text(re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d"))
    expect(page.get_by_role("row").filter(has_text="Campagne de Bercy")).to_have_count(1)
    expect(page.get_by_text("Heures affichées : Europe/Paris")).to_be_visible()


@pytest.mark.feature("S68", "S69", "S70", "S71", "S72", "S81")
@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        (("facture de nov",), "Votre facture de novembre"),
        (("bercy", "Erreur"), "Planning du chantier"),
        (("F-142",), "Votre facture de novembre"),
        (("", "Factures"), "Votre facture de novembre"),
        (("", "Erreur"), "Planning du chantier"),
        (("chantier", "Listes de personnel", "Erreur"), "Planning du chantier"),
    ],
    ids=["subject", "name", "number", "type", "status", "all"],
)
def test_filters_and_search_narrow_together(
    site: Site, past: Past, visit: Visit, narrowed: tuple[str, ...], found: str
) -> None:
    typed, *choices = narrowed
    page = visit(site, "/historique")
    page.get_by_label("Rechercher par sujet, nom ou numéro").fill(typed)
    for choice in choices:
        page.get_by_role("radiogroup").get_by_text(choice, exact=True).click()

    expect(_rows(page)).to_have_count(1)
    expect(_rows(page)).to_contain_text(found)


@pytest.mark.feature("S78", "S79")
def test_fifty_a_page_walked_back_and_forth(site: Site, past: Past, visit: Visit) -> None:
    page = visit(site, "/historique")
    expect(_rows(page)).to_have_count(PAGE)
    expect(page.get_by_role("button", name="Précédent")).to_be_disabled()

    page.get_by_role("button", name="Suivant").click()
    expect(_rows(page).first).not_to_contain_text("Votre facture de novembre")
    expect(_rows(page).filter(has_text="Ancien envoi 00")).to_have_count(1)
    page.get_by_role("button", name="Précédent").click()

    expect(_rows(page).first).to_contain_text("Votre facture de novembre")


@pytest.mark.feature("S78")
def test_the_pages_of_a_list_that_is_being_narrowed_are_not_turned(
    site: Site, past: Past, visit: Visit
) -> None:
    page = visit(site, "/historique")
    expect(_rows(page)).to_have_count(PAGE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(NARROWED, hold)
    with page.expect_request(NARROWED):
        page.get_by_role("radiogroup", name="Type de document").get_by_text(
            "Bons de commande"
        ).click()

    expect(page.get_by_role("button", name="Suivant")).to_be_disabled()
    for route in held:
        route.continue_()
    expect(page.get_by_role("button", name="Suivant")).to_be_enabled()


def test_reload_back_and_a_shared_link_keep_filters_page_and_drawer(
    site: Site, past: Past, visit: Visit
) -> None:
    page = visit(site, "/historique")
    page.get_by_role("radiogroup", name="Type de document").get_by_text("Bons de commande").click()
    page.get_by_role("button", name="Suivant").click()
    expect(_rows(page).filter(has_text="Ancien envoi 00")).to_have_count(1)
    second_page = page.url
    page.get_by_role("link", name="Ancien envoi 00").click()
    drawer = page.get_by_role("dialog", name="Détail de l’envoi")
    expect(drawer.get_by_role("heading", name="Ancien envoi 00")).to_be_visible()

    page.reload()
    expect(drawer.get_by_role("heading", name="Ancien envoi 00")).to_be_visible()
    colleague = visit(site, page.url)
    expect(colleague.get_by_role("heading", name="Ancien envoi 00")).to_be_visible()
    page.go_back()

    expect(drawer).to_have_count(0)
    assert page.url == second_page
    expect(_rows(page).filter(has_text="Ancien envoi 00")).to_have_count(1)


@pytest.mark.feature("S73", "S74", "S75", "S76", "B5", "B7", "B26")
def test_the_detail_tells_who_what_when_and_shows_the_very_mail(
    site: Site, past: Past, visit: Visit
) -> None:
    page = visit(site, f"/historique/{past.invoice}")

    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="Votre facture de novembre")).to_be_visible()
    expect(drawer.get_by_text("compta@dupont.example").first).to_be_visible()
    expect(drawer.get_by_text("Remis", exact=True)).to_be_visible()
    expect(drawer.get_by_text(re.compile(r"Facture · n°\sF-142 · date portée"))).to_be_visible()
    expect(drawer.get_by_text(re.compile("^[0-9a-f]{64}$"))).to_be_visible()
    told = drawer.get_by_role("listitem")
    for event in (
        "Mis en file d’attente",
        "Accepté par le service d’envoi",
        "Remis au destinataire",
    ):
        expect(told.filter(has_text=event)).to_contain_text(
            re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d")
        )
    drawer.get_by_role("button", name="Aperçu").click()
    expect(drawer.frame_locator("iframe").get_by_text("Bonjour,")).to_be_visible()
    drawer.get_by_role("tab", name="Source").click()
    expect(drawer.get_by_text("To: compta@dupont.example")).to_be_visible()
    with page.context.expect_page() as opened:
        drawer.get_by_role("button", name="Voir le PDF envoyé").click()
    opened.value.wait_for_url(re.compile("/local/archive/"))


@pytest.mark.feature("S77", "S80")
def test_a_failure_says_its_cause_and_remedy_and_leads_back_to_the_document(
    site: Site, past: Past, visit: Visit
) -> None:
    page = visit(site, f"/historique/{past.failed}")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("Cette adresse n’existe pas").first).to_be_visible()
    expect(drawer.get_by_text("Vérifiez l’adresse auprès du destinataire")).to_be_visible()
    expect(drawer.get_by_text("550 5.1.1").first).to_be_visible()

    drawer.get_by_role("link", name="Ouvrir le document").click()

    form = page.get_by_role("dialog", name=re.compile("Envoyer par email"))
    expect(form.get_by_label("Email principal")).to_have_value(BOUNCE)
    expect(form.get_by_label("Objet")).to_have_value("Planning du chantier")


@pytest.mark.feature("B6")
def test_a_failed_send_is_found_mended_and_sent_again_by_keyboard_alone(
    site: Site, past: Past, visit: Visit
) -> None:
    mended = site.send(site.document(STAFF, name="Équipe Nation"), BOUNCE, "À réparer au clavier")
    site.advance("PT1S")
    page = visit(site, "/campagnes")
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    keyboard = page.keyboard

    keyboard.press("g")
    keyboard.press("h")
    expect(page.get_by_role("heading", name="Historique", level=1)).to_be_visible()
    keyboard.press("/")
    keyboard.type("réparer")
    expect(_rows(page)).to_have_count(1)
    _tab_to(page, page.get_by_role("link", name="À réparer au clavier"))
    keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    _tab_to(page, drawer.get_by_role("button", name="Relancer"))
    keyboard.press("Enter")
    expect(drawer.get_by_label(re.compile("Adresse à utiliser"))).to_be_focused()
    keyboard.press("Control+a")
    keyboard.type("mends@dupont.example")
    keyboard.press("Enter")
    expect(page.get_by_text("L’envoi est relancé.")).to_be_visible()
    expect(drawer.get_by_text("Relance", exact=True)).to_be_visible()
    expect(drawer.get_by_text("Envoyé", exact=True)).to_be_visible()

    [mail] = [mail for mail in site.mails() if "mends@dupont.example" in mail.to]
    assert mail.subject == "À réparer au clavier"
    assert site.call("GET", f"/v1/sends/{mended}")["retried_by"]


@pytest.mark.feature("S64", "S67")
def test_a_row_goes_from_waiting_to_sent_by_itself(site: Site, past: Past, visit: Visit) -> None:
    order = site.document(ORDER, number="BC-77")
    page = visit(site, "/historique?q=patience")
    expect(page.get_by_text("Aucun envoi ne correspond")).to_be_visible()
    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 1000})

    site.send(order, "attente@leroy.example", "Patience")
    page.reload()
    expect(_rows(page)).to_contain_text("En attente")
    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 0})
    site.advance("PT30M")

    expect(_rows(page)).to_contain_text("Envoyé")


def test_markup_is_shown_as_text(site: Site, past: Past, visit: Visit) -> None:
    page = visit(site, "/historique")

    page.get_by_role("link", name=MARKUP).click()

    expect(page.get_by_role("dialog").get_by_role("heading", name=MARKUP)).to_be_visible()
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.feature("B14")
def test_the_export_holds_what_is_filtered(site: Site, past: Past, visit: Visit) -> None:
    page = visit(site, "/historique?type=invoice")
    expect(_rows(page)).to_have_count(1)

    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter en CSV").click()

    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Votre facture de novembre" in text
    assert "Planning du chantier" not in text


def test_the_banner_counts_new_failures_until_they_are_listed(
    site: Site, past: Past, visit: Visit
) -> None:
    page = visit(site, "/campagnes")
    expect(page.get_by_text(re.compile("en erreur depuis votre dernière visite"))).to_be_visible()

    page.get_by_role("link", name="Voir les erreurs").click()
    expect(_rows(page).first).to_contain_text("Erreur")
    page.get_by_role("link", name="Campagnes").click()
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()

    expect(page.get_by_text(re.compile("en erreur depuis"))).to_have_count(0)


def _tab_to(page: Page, target: Locator) -> None:
    expect(target).to_be_visible()
    for _ in range(60):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the Tab key does not reach it")
