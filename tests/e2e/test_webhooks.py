"""Webhooks: an administrator tells an application of what happens."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site
from tests.e2e.test_roles import become


class Receiver(BaseHTTPRequestHandler):
    """An application that thanks for everything."""

    def do_POST(self) -> None:
        """Read it, and thank for it."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"merci")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[str]:
    """The address of an application on this machine."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/facteur"
    server.shutdown()
    thread.join()
    server.server_close()


def _add(page: Page, url: str) -> str:
    """Add a webhook; the secret that is shown."""
    page.get_by_role("button", name="Ajouter un webhook").first.click()
    dialog = page.get_by_role("dialog", name="Ajouter un webhook")
    dialog.get_by_label("Adresse").fill(url)
    dialog.get_by_role("button", name="Ajouter un webhook").click()
    shown = page.get_by_role("dialog", name="Secret du webhook")
    secret = shown.locator("pre").inner_text()
    shown.get_by_role("button", name="Fermer").last.click()
    expect(shown).to_have_count(0)
    return secret


@pytest.mark.feature("B41")
def test_a_webhook_is_added_tested_looked_into_and_deleted(
    site: Site, visit: Visit, receiver: str
) -> None:
    page = visit(site, "/parametres")
    page.get_by_role("link", name="Gérer les webhooks").click()

    secret = _add(page, receiver)
    card = page.get_by_role("region", name=receiver)
    card.get_by_role("button", name="Envoyer un test").click()
    expect(page.get_by_text("Le test est en route.")).to_be_visible()
    site.advance("PT1S")

    assert secret.startswith("whsec_")
    expect(card.get_by_text("Reçu")).to_be_visible()
    card.locator("summary").click()
    expect(card.get_by_text("Réponse 200")).to_be_visible()
    expect(card.get_by_text("merci")).to_be_visible()
    expect(page.get_by_text(secret)).to_have_count(0)

    card.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(card).to_have_count(0)
    expect(page.get_by_role("heading", name="Aucun webhook")).to_be_visible()


@pytest.mark.feature("B41")
def test_what_is_wrong_with_an_address_stands_beside_it(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres/webhooks")
    page.get_by_role("button", name="Ajouter un webhook").first.click()
    dialog = page.get_by_role("dialog", name="Ajouter un webhook")
    dialog.get_by_label("Adresse").fill("http://erp.example.com/facteur")
    dialog.get_by_role("button", name="Ajouter un webhook").click()

    expect(dialog.get_by_label("Adresse")).to_be_focused()
    expect(dialog.get_by_text("L’adresse d’un webhook commence par https://.")).to_be_visible()


@pytest.mark.feature("B41", "B43")
def test_a_member_is_told_who_manages_webhooks(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres/webhooks")
    expect(page.get_by_role("button", name="Ajouter un webhook").first).to_be_visible()

    become(page, "membre")

    expect(page.get_by_text("Seul un administrateur")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter un webhook")).to_have_count(0)
