"""axe finds no violation on campaigns, the history and the pages around them."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import Act, Screens, State, click, see, text, violations
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


def _palette(words: str) -> Act:
    def act(page: Page) -> None:
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Campagne, document").fill(words)

    return act


def _pause(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Mettre en pause|Reprendre")).first.click()
    # It stays while it has the focus.
    page.locator(CLOSE_TOAST).last.focus()


def _run(page: Page) -> None:
    page.get_by_role("button", name="Autres actions").first.click()
    page.get_by_role("menuitem", name="Envoyer maintenant").click()


def _retry(page: Page) -> None:
    page.get_by_role("button", name="Relancer").click()
    page.get_by_role("form", name="Relancer l’envoi").get_by_role("button", name="Relancer").click()


def _save_nothing(page: Page) -> None:
    page.get_by_role("button", name="Activer la campagne").click()


def _offline(page: Page) -> None:
    page.context.set_offline(offline=True)


EMPTY = "demo@autre.example"
CLOSE_TOAST = "[class*=corner] button"
DIALOG, MENU, ALERT = see("dialog"), see("menu"), see("alert")
FAILED = text("L’opération n’a pas abouti")
SCREENS: Screens = {
    "campaigns": State("/campagnes"),
    "no campaigns": State("/campagnes", person=EMPTY, shown=text("Aucune campagne")),
    "campaigns filtered": State(
        "/campagnes?statut=completed", shown=text("Aucune campagne dans cet état")
    ),
    "campaigns refused": State("/campagnes", shown=FAILED, refused="**/v1/campaigns*"),
    "failures": State("/campagnes", shown=text("en erreur depuis votre dernière visite")),
    "offline": State("/campagnes", _offline, text("Connexion perdue")),
    "help": State("/campagnes", lambda page: page.keyboard.press("?"), DIALOG),
    "account menu": State("/campagnes", click("button", "Compte"), MENU),
    "language menu": State("/campagnes", click("button", "Langue"), MENU),
    "campaign menu": State("/campagnes", click("button", "Autres actions"), MENU),
    "run now": State("/campagnes", _run, DIALOG),
    "palette": State("/campagnes", _palette(""), see("option", "Nouvelle facture")),
    "palette found": State("/campagnes", _palette("bercy"), see("option", "Équipe Bercy")),
    "palette without": State("/campagnes", _palette("zzz"), text("Rien ne correspond.")),
    "toast": State("/campagnes/{campaign}", _pause, see("button", "Fermer")),
    "error toast": State(
        "/campagnes/{campaign}", _pause, FAILED, refused=re.compile("/(pause|resume)$")
    ),
    "paused by itself": State("/campagnes/{unheard}", shown=text("Mise en pause automatique")),
    "calendar": State("/campagnes?vue=calendrier"),
    "campaign": State("/campagnes/{campaign}"),
    "campaign refused": State("/campagnes/{campaign}", shown=FAILED, refused="**/v1/campaigns/*"),
    "deletion": State("/campagnes/{campaign}", click("button", "Supprimer"), DIALOG),
    "new campaign": State("/campagnes/nouvelle", _choose_document),
    "empty editor": State(
        "/campagnes/nouvelle", person=EMPTY, shown=text("Aucun document prêt de ce type")
    ),
    "incomplete campaign": State("/campagnes/nouvelle", _save_nothing, ALERT),
    "campaign editor": State("/campagnes/{campaign}/modifier"),
    "history": State("/historique"),
    "no sends": State("/historique", person=EMPTY, shown=text("Aucun envoi pour l’instant")),
    "history refused": State("/historique", shown=FAILED, refused="**/v1/sends*"),
    "history dates": State("/historique", _pick_a_date, see("button", "Mois suivant")),
    "nothing found": State("/historique?q=introuvable", shown=text("Aucun envoi ne correspond")),
    "sent": State("/historique/{sent}", click("button", "Aperçu"), DIALOG),
    "failed": State("/historique/{failed}", click("button", "Relancer"), see("form")),
    "retry refused": State("/historique/{failed}", _retry, ALERT, refused="**/v1/sends/*/retry"),
    "send refused": State("/historique/{sent}", shown=FAILED, refused="**/v1/sends/*"),
    "sign in": State("/campagnes", _sign_out, text("Choisissez un utilisateur")),
    "session over": State("/campagnes", _expire, text("Votre session a expiré")),
    "not found": State("/nulle-part"),
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
    state = SCREENS[screen]

    found = violations(demo, visit, replace(state, path=state.path.format(**ids)))

    assert found == []
