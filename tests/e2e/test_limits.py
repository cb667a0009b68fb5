"""What the page says about the limit of a day and about the addresses that may send."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.axe import nothing, violations
from tests.e2e.conftest import Visit
from tests.e2e.site import DEMO, INVOICE, Site


def limit(site: Site, **change: object) -> None:
    """Change the limits of the demo organization, as an operator does."""
    httpx.post(f"{site.address}/local/limits", json={"email": DEMO} | change).raise_for_status()


@pytest.mark.feature("B44")
def test_the_day_is_shown_and_a_send_too_many_is_refused_in_words(site: Site, visit: Visit) -> None:
    document = site.document(INVOICE)
    site.send(document, "a@dupont.example", "Facture, dernière du jour")
    page = visit(site, "/parametres")
    used = page.get_by_text("aujourd’hui sur 2 000 permis par jour".replace(" 000", "\u202f000"))
    expect(used).to_be_visible()
    limit(site, messages_per_day=1)

    page.goto(f"{site.address}/documents/{document}")
    page.get_by_role("link", name="Envoyer par email").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Email principal").fill("b@dupont.example")
    form.get_by_role("button", name="Envoyer").click()
    expect(form.get_by_text("peut envoyer par jour (1)")).to_be_visible()
    page.goto(f"{site.address}/parametres")
    expect(page.get_by_text("Plus aucun message ne peut partir avant le")).to_be_visible()

    limit(site, messages_per_day=2_000, suspended=True)
    page.goto(f"{site.address}/documents/{document}")
    page.get_by_role("link", name="Envoyer par email").click()
    form.get_by_label("Email principal").fill("b@dupont.example")
    form.get_by_role("button", name="Envoyer").click()
    expect(form.get_by_text("sont suspendus")).to_be_visible()
    limit(site, suspended=False)


@pytest.mark.feature("B22")
def test_the_sender_field_says_which_addresses_are_allowed(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres")

    expect(page.get_by_text("Toute adresse de atelier-durand.example.")).to_be_visible()


def test_axe_finds_nothing_in_a_day_that_is_used_up(site: Site, visit: Visit) -> None:
    limit(site, messages_per_day=0)
    assert violations(site, visit, "/parametres", nothing) == []
    limit(site, messages_per_day=2_000)
