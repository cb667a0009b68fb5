"""axe finds no violation on campaigns, the history and the pages around them."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import Screens, click, nothing, violations
from tests.e2e.conftest import Visit
from tests.e2e.site import Site

BOUNCE = "bounce@simulator.amazonses.com"


def _choose_document(page: Page) -> None:
    page.get_by_role("checkbox", name="Équipe Bercy").check()
    page.get_by_label("Adresses email").fill("a@dupont.example, pas-une-adresse ")
    page.get_by_role("textbox", name="Objet").fill("{client}")
    expect(page.get_by_role("complementary").get_by_role("alert")).to_be_visible()


def _pick_a_date(page: Page) -> None:
    folded = page.locator("details:not([open]) > summary").filter(has_text="Filtres")
    if folded.is_visible():
        folded.click()
    page.get_by_label("Envoyés à partir du").first.click()
    expect(page.get_by_role("button", name="Mois suivant")).to_be_visible()


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="Compte").click()
    page.get_by_role("menuitem", name="Autre adresse").click()


def _expire(page: Page) -> None:
    page.route("**/v1/campaigns*", lambda route: route.fulfill(status=401, json={}))
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Votre session a expiré")


def _see_failures(page: Page) -> None:
    expect(page.get_by_text("en erreur depuis votre dernière visite")).to_be_visible()


def _see_pause(page: Page) -> None:
    expect(page.get_by_role("note")).to_contain_text("Mise en pause automatique")


SCREENS: Screens = {
    "campaigns": ("/campagnes", nothing),
    "failures": ("/campagnes", _see_failures),
    "help": ("/campagnes", lambda page: page.keyboard.press("?")),
    "account menu": ("/campagnes", click("button", "Compte")),
    "language menu": ("/campagnes", click("button", "Langue")),
    "campaign menu": ("/campagnes", click("button", "Autres actions")),
    "paused by itself": ("/campagnes/{unheard}", _see_pause),
    "calendar": ("/campagnes?vue=calendrier", nothing),
    "campaign": ("/campagnes/{campaign}", nothing),
    "deletion": ("/campagnes/{campaign}", click("button", "Supprimer")),
    "new campaign": ("/campagnes/nouvelle", _choose_document),
    "campaign editor": ("/campagnes/{campaign}/modifier", nothing),
    "history": ("/historique", nothing),
    "history dates": ("/historique", _pick_a_date),
    "nothing found": ("/historique?q=introuvable", nothing),
    "sent": ("/historique/{sent}", click("button", "Aperçu")),
    "failed": ("/historique/{failed}", click("button", "Relancer")),
    "sign in": ("/campagnes", _sign_out),
    "session over": ("/campagnes", _expire),
    "not found": ("/nulle-part", nothing),
}


@pytest.fixture(scope="module")
def ids(demo: Site) -> dict[str, str]:
    """The id of one thing of each kind in the demo data, by its name in SCREENS."""
    sends = demo.call("GET", "/v1/sends")["items"]
    staff = demo.call("GET", "/v1/documents?type=staff_list&status=published")["items"][0]["id"]
    unheard = demo.campaign(staff, name="À personne", recipients=BOUNCE)
    demo.advance("P22D")
    return {
        "unheard": unheard,
        "campaign": demo.call("GET", "/v1/campaigns")["items"][-1]["id"],
        **{send["status"]: send["id"] for send in sends},
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(demo: Site, visit: Visit, ids: dict[str, str], screen: str) -> None:
    path, act = SCREENS[screen]

    assert violations(demo, visit, path.format(**ids), act) == []
