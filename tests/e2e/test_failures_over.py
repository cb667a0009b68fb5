"""Failures that are over: sent again with success, or dealt with by a person."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, STAFF, Site

BOUNCE = "bounce@simulator.amazonses.com"


def failed(site: Site, number: str, subject: str, **changes: Any) -> str:
    """The id of a Send of an invoice that has failed."""
    body = {
        "document_ids": [site.document(INVOICE, number=number)],
        "to": BOUNCE,
        "subject": subject,
        "body": "Bonjour,",
    }
    send_id = str(site.call("POST", "/v1/sends", body | changes)["id"])
    site.advance("PT1S")
    assert site.call("GET", f"/v1/sends/{send_id}")["resolution"] == "open"
    return send_id


def retried(site: Site, send_id: str) -> str:
    """The id of a retry that has reached the corrected address."""
    corrections = {BOUNCE: "compta@dupont.example"}
    retry = site.call("POST", f"/v1/sends/{send_id}/retry", {"corrections": corrections})
    site.advance("PT1S")
    return str(retry["id"])


def row(page: Page, text: str) -> Locator:
    return page.get_by_role("table", name="Historique").get_by_role("row").filter(has_text=text)


def colour(badge: Locator) -> str:
    return str(badge.evaluate("(element) => getComputedStyle(element).color"))


@pytest.mark.feature("B37")
def test_failure_is_retried_by_hand_and_its_row_is_quiet_within_five_seconds(
    site: Site, visit: Visit
) -> None:
    send_id = failed(site, "F-501", "Facture revenue")
    page = visit(site, f"/historique/{send_id}?q=revenue")
    drawer = page.get_by_role("dialog")
    red = colour(row(page, "Facture revenue").get_by_text("Erreur", exact=True))

    drawer.get_by_role("button", name="Relancer").click()
    drawer.get_by_label(re.compile("Adresse à utiliser")).fill("compta@dupont.example")
    drawer.get_by_role("button", name="Relancer").click()
    expect(page.get_by_text("L’envoi est relancé.")).to_be_visible()
    page.keyboard.press("Escape")

    retry = row(page, "Relance").filter(has_text="compta@dupont.example")
    expect(retry).to_contain_text("Envoyé", timeout=10_000)
    original = row(page, BOUNCE).get_by_text("Relancé", exact=True)
    expect(original).to_be_visible(timeout=10_000)
    assert colour(original) != red


@pytest.mark.feature("B37")
def test_failure_that_was_retried_elsewhere_is_looked_at_every_five_seconds(
    site: Site, visit: Visit
) -> None:
    send_id = failed(site, "F-502", "Facture surveillée")
    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 1000})
    site.call("POST", f"/v1/sends/{send_id}/retry", {"corrections": {BOUNCE: "a@dupont.example"}})
    page = visit(site, "/historique?statut=open&q=surveillée")
    expect(row(page, "Facture surveillée")).to_have_count(1)

    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 0})
    site.advance("PT6M")

    expect(page.get_by_text("Aucun envoi ne correspond")).to_be_visible(timeout=12_000)


@pytest.mark.feature("B37")
def test_open_failures_have_a_filter_beside_the_others(site: Site, visit: Visit) -> None:
    failed(site, "F-503", "Encore ouverte")
    retried(site, failed(site, "F-504", "Relancée depuis"))
    page = visit(site, "/historique?type=invoice")
    choose = page.get_by_role("radiogroup", name="Statut").get_by_text

    choose("À traiter", exact=True).click()
    expect(row(page, "Encore ouverte")).to_have_count(1)
    expect(row(page, "Relancée depuis")).to_have_count(0)
    assert "statut=open" in page.url
    choose("Erreur", exact=True).click()

    expect(row(page, "Relancée depuis").filter(has_text=BOUNCE)).to_contain_text("Relancé")


@pytest.mark.feature("B37")
def test_person_says_that_a_failure_is_dealt_with_and_takes_it_back(
    site: Site, visit: Visit
) -> None:
    send_id = failed(site, "F-505", "Réglée au téléphone")
    page = visit(site, f"/historique/{send_id}")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("button", name="Relancer")).to_be_visible()

    drawer.get_by_role("button", name="Marquer comme traité").click()
    expect(page.get_by_text("L’erreur est marquée comme traitée.")).to_be_visible()
    expect(drawer.get_by_text("Traité", exact=True)).to_be_visible()
    expect(drawer.get_by_role("button", name="Relancer")).to_have_count(0)
    expect(drawer.get_by_role("button", name="Rouvrir")).to_be_focused()
    drawer.get_by_role("button", name="Rouvrir").click()

    expect(drawer.get_by_text("Erreur", exact=True)).to_be_visible()
    expect(drawer.get_by_role("button", name="Marquer comme traité")).to_be_focused()


@pytest.mark.feature("B37")
def test_document_of_a_failure_that_is_over_is_opened_after_a_question(
    site: Site, visit: Visit
) -> None:
    send_id = failed(site, "F-506", "Déjà arrivée")
    retried(site, send_id)
    page = visit(site, f"/historique/{send_id}")

    page.get_by_role("dialog").get_by_role("button", name="Ouvrir le document").click()
    question = page.get_by_role("dialog", name="Cette erreur est réglée")
    expect(question).to_contain_text("Une relance a déjà atteint ces destinataires.")
    question.get_by_role("button", name="Ouvrir le document").click()

    form = page.get_by_role("dialog", name=re.compile("Envoyer par email"))
    expect(form.get_by_label("Objet")).to_have_value("Déjà arrivée")
    expect(form.get_by_label("Email principal")).not_to_have_value(BOUNCE)
    expect(form.get_by_label("Email principal")).not_to_have_value("compta@dupont.example")


@pytest.mark.feature("B37")
def test_campaign_shows_that_its_last_failure_is_over_at_every_width(
    site: Site, visit: Visit
) -> None:
    staff = site.document(STAFF, name="Équipe Nanterre")
    campaign = site.campaign(
        staff, name="Liste de Nanterre", recipients=f"{BOUNCE}, a@x.example", separate=True
    )
    site.call("POST", f"/v1/campaigns/{campaign}/run")
    site.advance("PT2S")
    last = site.call("GET", f"/v1/campaigns/{campaign}")["last_send"]["id"]
    page = visit(site, "/campagnes")
    in_row = page.get_by_role("row").filter(has_text="Liste de Nanterre")
    expect(in_row).to_contain_text("Erreur (1 sur 2)")

    retried(site, last)
    page.reload()

    expect(in_row.get_by_text("Relancé", exact=True)).to_be_visible()
    expect(in_row).not_to_contain_text("Erreur")
    page.goto(f"/campagnes/{campaign}")
    expect(page.get_by_role("definition").get_by_text("Relancé", exact=True)).to_be_visible()
    phone = visit(site, "/campagnes", width=360)
    card = phone.get_by_role("listitem").filter(has_text="Liste de Nanterre")
    expect(card.get_by_text("Relancé", exact=True)).to_be_visible()


@pytest.mark.feature("B37")
def test_banner_counts_only_what_is_open(site: Site, visit: Visit) -> None:
    for send in site.call("GET", "/v1/sends?resolution=open")["items"]:
        site.call("POST", f"/v1/sends/{send['id']}/resolve")
    page = visit(site, "/documents")
    expect(page.get_by_role("heading", name="Documents", level=1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text(re.compile("en erreur depuis"))).to_have_count(0)

    failed(site, "F-507", "Seule ouverte")
    page.reload()

    expect(page.get_by_text("1 envoi en erreur depuis votre dernière visite")).to_be_visible()
    page.get_by_role("link", name="Voir les erreurs").click()
    expect(row(page, "Seule ouverte")).to_have_count(1)
    expect(page.get_by_role("table", name="Historique").locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("state", ["retried", "resolved", "asked"])
def test_axe_finds_nothing_on_a_failure_that_is_over(site: Site, visit: Visit, state: str) -> None:
    send_id = failed(site, f"F-51{len(state)}", "Pour axe")
    if state == "retried":
        retried(site, send_id)
    else:
        site.call("POST", f"/v1/sends/{send_id}/resolve")

    def act(page: Page) -> None:
        drawer = page.get_by_role("dialog")
        expect(drawer.get_by_role("button", name="Ouvrir le document")).to_be_visible()
        if state == "asked":
            drawer.get_by_role("button", name="Ouvrir le document").click()
            expect(page.get_by_role("dialog", name="Cette erreur est réglée")).to_be_visible()

    assert violations(site, visit, f"/historique/{send_id}", act) == []
