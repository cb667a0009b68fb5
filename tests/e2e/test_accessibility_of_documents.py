"""axe finds no violation on documents, their sending, settings and the mailbox."""

from dataclasses import replace

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.axe import Screens, State, click, see, text, violations
from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, Site


def _save_nothing(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _choose_a_spreadsheet(page: Page) -> None:
    file = FilePayload(name="paie.xlsx", mimeType="application/zip", buffer=b"PK")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("Ce fichier n’est pas un PDF.")).to_be_visible()


def _type_a_client(page: Page) -> None:
    page.get_by_role("combobox", name="Nom ou raison sociale").press_sequentially("Dup")
    expect(page.get_by_role("option", name="Dupont BTP")).to_be_visible()


def _ask_to_delete(page: Page) -> None:
    page.get_by_role("button", name="Autres actions").first.click()
    page.get_by_role("menuitem", name="Supprimer").click()


def _publish(page: Page) -> None:
    page.get_by_role("button", name="Marquer comme envoyée").click()


def _send_to_nobody(page: Page) -> None:
    page.get_by_role("dialog").get_by_label("Email principal").fill("personne")
    page.get_by_role("button", name="Envoyer", exact=True).click()


def _change(page: Page) -> None:
    page.get_by_role("textbox", name="Notes").fill("Merci.")


EMPTY = "demo@autre.example"
DIALOG, MENU, ALERT = see("dialog"), see("menu"), see("alert")
FAILED = text("L’opération n’a pas abouti")
SCREENS: Screens = {
    "documents": State("/documents"),
    "no documents": State("/documents", person=EMPTY, shown=text("Aucun document pour")),
    "nothing found": State("/documents?q=introuvable", shown=text("Aucun document ne correspond")),
    "documents refused": State("/documents", shown=FAILED, refused="**/v1/documents*"),
    "new document menu": State("/documents", click("button", "Nouveau document"), MENU),
    "invoice": State("/documents/{invoice}"),
    "unsaved invoice": State("/documents/{incomplete}", _change, text("ne sont pas enregistrées")),
    "incomplete invoice": State("/documents/{incomplete}"),
    "known clients": State("/documents/nouveau/invoice", _type_a_client, see("option")),
    "document menu": State("/documents/{invoice}", click("button", "Autres actions"), MENU),
    "deletion": State("/documents/{invoice}", _ask_to_delete, DIALOG),
    "error toast": State(
        "/documents/{incomplete}", _publish, FAILED, refused="**/v1/documents/*/publish"
    ),
    "list": State("/documents/{list}"),
    "uploaded": State("/documents/{uploaded}"),
    "new list": State("/documents/nouveau/staff_list"),
    "new invoice": State("/documents/nouveau/invoice", _save_nothing, ALERT),
    "new order": State("/documents/nouveau/purchase_order"),
    "import": State("/documents/importer"),
    "refused file": State(
        "/documents/importer", _choose_a_spreadsheet, text("Ce fichier n’est pas un PDF.")
    ),
    "send": State("/documents/{invoice}/envoyer", shown=DIALOG),
    "send preview": State("/documents/{invoice}/envoyer", click("tab", "Aperçu"), DIALOG),
    "send to nobody": State("/documents/{invoice}/envoyer", _send_to_nobody, ALERT),
    "send refused": State(
        "/documents/{invoice}/envoyer", shown=FAILED, refused="**/v1/documents/*/email"
    ),
    "settings": State("/parametres"),
    "settings refused": State("/parametres", shown=FAILED, refused="**/v1/settings"),
    "mailbox": State("/courrier"),
}


@pytest.fixture(scope="module")
def ids(demo: Site) -> dict[str, str]:
    """The id of one document of each kind, by its name in SCREENS."""
    documents = demo.call("GET", "/v1/documents")["items"]
    return {
        "uploaded": demo.uploaded(),
        "incomplete": demo.document({**INVOICE, "number": "I-1", "client": {"name": "Martin"}}),
        **{document["type"].rpartition("_")[2]: document["id"] for document in documents},
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(demo: Site, visit: Visit, ids: dict[str, str], screen: str) -> None:
    state = SCREENS[screen]

    found = violations(demo, visit, replace(state, path=state.path.format(**ids)))

    assert found == []
