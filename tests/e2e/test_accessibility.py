"""axe on every screen, in both themes, on a desk and on a phone: no violation at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import ROOT, Site

AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
RUN = """async (tags) => {
    await Promise.allSettled(document.getAnimations().map(({finished}) => finished));
    const {violations} = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
    return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(" ")}`);
}"""
WIDTHS = (1280, 360)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

type Act = Callable[[Page], None]


def _nothing(page: Page) -> None:
    """The screen as its address opens it."""


def _click(role: Any, name: str) -> Act:
    return lambda page: page.get_by_role(role, name=name).first.click()


def _choose_document(page: Page) -> None:
    page.get_by_role("checkbox", name="Équipe Bercy").check()
    page.get_by_label("Adresses email").fill("a@dupont.example, pas-une-adresse ")
    expect(page.get_by_role("complementary").get_by_role("alert")).to_be_visible()


def _save_nothing(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _pick_a_date(page: Page) -> None:
    page.get_by_label("Envoyés à partir du").first.click()
    expect(page.get_by_role("button", name="Mois suivant")).to_be_visible()


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Compte").click()
    page.get_by_role("menuitem", name="Autre adresse").click()


SCREENS: dict[str, tuple[str, Act]] = {
    "campaigns": ("/campagnes", _nothing),
    "campaign menu": ("/campagnes", _click("button", "Autres actions")),
    "calendar": ("/campagnes?vue=calendrier", _nothing),
    "campaign": ("/campagnes/{campaign}", _nothing),
    "deletion": ("/campagnes/{campaign}", _click("button", "Supprimer")),
    "new campaign": ("/campagnes/nouvelle", _choose_document),
    "campaign editor": ("/campagnes/{campaign}/modifier", _nothing),
    "history": ("/historique", _nothing),
    "history dates": ("/historique", _pick_a_date),
    "nothing found": ("/historique?q=introuvable", _nothing),
    "sent": ("/historique/{sent}", _click("button", "Aperçu")),
    "failed": ("/historique/{failed}", _click("button", "Relancer")),
    "documents": ("/documents", _nothing),
    "invoice": ("/documents/{invoice}", _nothing),
    "list": ("/documents/{list}", _nothing),
    "new list": ("/documents/nouveau/staff_list", _nothing),
    "new invoice": ("/documents/nouveau/invoice", _save_nothing),
    "new order": ("/documents/nouveau/purchase_order", _nothing),
    "send": ("/documents/{invoice}/envoyer", _nothing),
    "send preview": ("/documents/{invoice}/envoyer", _click("tab", "Aperçu")),
    "settings": ("/parametres", _nothing),
    "mailbox": ("/courrier", _nothing),
    "sign in": ("/campagnes", _sign_out),
    "not found": ("/nulle-part", _nothing),
}


@pytest.fixture(scope="module")
def ids(demo: Site) -> dict[str, str]:
    """Something of each kind in the demo data, by the name it has in SCREENS."""
    sends = demo.call("GET", "/v1/sends")["items"]
    documents = demo.call("GET", "/v1/documents")["items"]
    return {
        "campaign": demo.call("GET", "/v1/campaigns")["items"][-1]["id"],
        **{send["status"]: send["id"] for send in sends},
        **{document["type"].rpartition("_")[2]: document["id"] for document in documents},
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(demo: Site, visit: Visit, ids: dict[str, str], screen: str) -> None:
    path, act = SCREENS[screen]
    found = []

    for width in WIDTHS:
        page = visit(demo, path.format(**ids), width=width)
        expect(page.get_by_role("heading").first).to_be_visible()
        act(page)
        page.wait_for_load_state("networkidle")
        page.evaluate(_axe())
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            found += [f"{width} {theme} {violation}" for violation in page.evaluate(RUN, TAGS)]
        page.context.close()

    assert found == []


def _axe(path: Path = AXE) -> str:
    if not path.exists():
        pytest.fail("axe-core is not installed: run make console-build", pytrace=False)
    return path.read_text(encoding="utf-8")
