"""axe finds no violation on documents, their sending, settings and the mailbox."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.axe import Screens, click, nothing, violations
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


SCREENS: Screens = {
    "documents": ("/documents", nothing),
    "new document menu": ("/documents", click("button", "Nouveau document")),
    "invoice": ("/documents/{invoice}", nothing),
    "incomplete invoice": ("/documents/{incomplete}", nothing),
    "known clients": ("/documents/nouveau/invoice", _type_a_client),
    "document menu": ("/documents/{invoice}", click("button", "Autres actions")),
    "list": ("/documents/{list}", nothing),
    "uploaded": ("/documents/{uploaded}", nothing),
    "new list": ("/documents/nouveau/staff_list", nothing),
    "new invoice": ("/documents/nouveau/invoice", _save_nothing),
    "new order": ("/documents/nouveau/purchase_order", nothing),
    "import": ("/documents/importer", nothing),
    "refused file": ("/documents/importer", _choose_a_spreadsheet),
    "send": ("/documents/{invoice}/envoyer", nothing),
    "send preview": ("/documents/{invoice}/envoyer", click("tab", "Aperçu")),
    "settings": ("/parametres", nothing),
    "mailbox": ("/courrier", nothing),
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
    path, act = SCREENS[screen]

    assert violations(demo, visit, path.format(**ids), act) == []
