"""Three walks through the console, a picture after each click, and as few clicks as promised.

Run as ``python -m scripts.walks`` on the demo data; writes .screenshots/<walk>/<step>.png, and
fails when a walk takes more clicks than it may.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

from scripts.screenshots import DESK, FLAGS, ROOT, demo, prepared

TARGET = ROOT / ".screenshots"


class TooManyClicksError(Exception):
    """A walk took more clicks than it may."""


@dataclass
class Walk:
    """Clicks on a page, counted; each is followed by a picture, if there is a folder for them."""

    page: Page
    folder: Path | None = None
    clicks: int = 0

    def click(self, target: Locator, then: Locator) -> None:
        """Clicks, and waits until ``then`` shows what came of it."""
        target.click()
        self.clicks += 1
        expect(then).to_be_visible()
        self.picture()

    def picture(self) -> None:
        """A picture of the page, once nothing is being fetched."""
        if self.folder is None:
            return
        self.page.wait_for_load_state("networkidle")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.folder / f"{self.clicks}.png")


def send_an_invoice(walk: Walk) -> None:
    """An invoice that exists is sent."""
    page = walk.page
    invoice = page.get_by_role("link", name="Facture F-142", exact=True)
    walk.click(page.get_by_role("link", name="Documents", exact=True), invoice)
    send = page.get_by_role("link", name="Envoyer par email")
    walk.click(invoice, send)
    submit = page.get_by_role("button", name="Envoyer", exact=True)
    walk.click(send, submit)
    # The demo's client has had it: another address is asked nothing.
    page.get_by_label("Email principal").fill("direction@dupont.example")
    walk.click(submit, page.get_by_text("L’email est en file d’attente."))


def set_up_a_monthly_list(walk: Walk) -> None:
    """A list goes out at the end of each month; only the addresses are typed."""
    page = walk.page
    document = page.get_by_role("checkbox", name="Équipe Bercy")
    walk.click(page.get_by_role("link", name="Nouvelle campagne"), document)
    walk.click(document, page.get_by_role("complementary").get_by_text("Équipe Bercy").first)
    addresses = page.get_by_label("Adresses email")
    walk.click(addresses, addresses)
    page.keyboard.type("chantier@dupont.example, ")
    activate = page.get_by_role("button", name="Activer la campagne")
    walk.click(activate, page.get_by_role("heading", name="Équipe Bercy - Mensuelle"))


def end_a_failure(walk: Walk) -> None:
    """A failure that the banner tells of is looked into and dealt with."""
    page = walk.page
    row = page.get_by_role("main").locator("a[href^='/historique/']").first
    walk.click(page.get_by_role("link", name="Voir les erreurs"), row)
    resolve = page.get_by_role("button", name="Marquer comme traité")
    walk.click(row, resolve)
    walk.click(resolve, page.get_by_role("button", name="Rouvrir"))


WALKS: dict[str, tuple[int, Callable[[Walk], None]]] = {
    "facture": (4, send_an_invoice),
    "liste": (5, set_up_a_monthly_list),
    "erreur": (3, end_a_failure),
}
"""Name → the clicks that a walk may take, and the walk from the campaigns, where people arrive."""


def walked(name: str, page: Page, folder: Path | None = None) -> int:
    """Walks from the page of campaigns; gives the clicks. Raises TooManyClicksError."""
    most, steps = WALKS[name]
    walk = Walk(page, folder)
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    walk.picture()
    steps(walk)
    if walk.clicks > most:
        raise TooManyClicksError(f"{name}: {walk.clicks} clicks, {most} allowed")
    return walk.clicks


def main() -> None:
    """Start the local mode on a free port, and take the walks on its demo data."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium on this machine: run make browser")
    shutil.rmtree(TARGET, ignore_errors=True)
    with demo() as address, sync_playwright() as playwright:
        with prepared(address):
            pass
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name in WALKS:
            page = browser.new_page(
                locale="fr-FR",
                timezone_id="Europe/Paris",
                viewport={"width": DESK[0], "height": DESK[1]},
                reduced_motion="reduce",
            )
            page.goto(address)
            clicks = walked(name, page, TARGET / name)
            print(f"{name}: {clicks} clicks of {WALKS[name][0]}, in .screenshots/{name}/")
            page.close()


if __name__ == "__main__":
    main()
