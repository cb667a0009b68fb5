"""At a width of 360 px, nothing scrolls sideways and nothing is cut off."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import Screens, click, nothing
from tests.e2e.conftest import Visit
from tests.e2e.site import Site

WIDTH = 360
CUT_OFF = """() => {
    const shown = [...document.querySelectorAll("body *")].filter((element) => {
        const {width, height} = element.getBoundingClientRect();
        return width > 1 && height > 1;
    });
    const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const outside = (element) => {
        const {left, right} = element.getBoundingClientRect();
        if (left >= -1 && right <= innerWidth + 1) return false;
        for (let around = element.parentElement; around; around = around.parentElement)
            if (scrolls(around) && !outside(around)) return false;
        return true;
    };
    const hidden = (element) =>
        /hidden|clip/.test(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth + 1;
    return shown
        .filter((element) => outside(element) || hidden(element))
        .map((element) => element.outerHTML.slice(0, 200));
}"""


def _preview(page: Page) -> None:
    page.get_by_role("tab", name="Aperçu").click()
    expect(page.get_by_text("1 email sera envoyé")).to_be_visible()


def _whole_drawer(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Aperçu").click()
    expect(page.get_by_role("tab", name="Source")).to_be_visible()


SCREENS: Screens = {
    "campaigns": ("/campagnes", nothing),
    "calendar": ("/campagnes?vue=calendrier", nothing),
    "campaign": ("/campagnes/{campaign}", nothing),
    "new campaign": ("/campagnes/nouvelle", nothing),
    "history": ("/historique", nothing),
    "sent": ("/historique/{sent}", _whole_drawer),
    "failed": ("/historique/{failed}", click("button", "Relancer")),
    "documents": ("/documents", nothing),
    "list": ("/documents/{list}", nothing),
    "invoice": ("/documents/{invoice}", nothing),
    "order": ("/documents/{order}", nothing),
    "new invoice": ("/documents/nouveau/invoice", nothing),
    "import": ("/documents/importer", nothing),
    "send": ("/documents/{invoice}/envoyer", nothing),
    "send preview": ("/documents/{invoice}/envoyer", _preview),
    "settings": ("/parametres", nothing),
    "mailbox": ("/courrier", nothing),
    "help": ("/campagnes", lambda page: page.keyboard.press("?")),
}


@pytest.fixture(scope="module")
def ids(demo: Site) -> dict[str, str]:
    """The id of one thing of each kind in the demo data, by its name in SCREENS."""
    sends = demo.call("GET", "/v1/sends")["items"]
    documents = demo.call("GET", "/v1/documents")["items"]
    return {
        "campaign": demo.call("GET", "/v1/campaigns")["items"][-1]["id"],
        **{send["status"]: send["id"] for send in sends},
        **{document["type"].rpartition("_")[2]: document["id"] for document in documents},
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off(demo: Site, visit: Visit, ids: dict[str, str], screen: str) -> None:
    path, act = SCREENS[screen]
    page = visit(demo, path.format(**ids), width=WIDTH)
    expect(page.get_by_role("heading").first).to_be_visible()
    act(page)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    assert page.evaluate(CUT_OFF) == []
