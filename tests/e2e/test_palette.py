"""The command palette: everything by its name, by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import Site

FIELD = "Campagne, document, envoi ou action"


def palette(page: Page) -> Locator:
    """Opens the palette once the page has come; its field."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name=FIELD)
    expect(field).to_be_focused()
    return field


def options(page: Page, group: str) -> Locator:
    return page.get_by_role("listbox").get_by_role("group", name=group).get_by_role("option")


def current(page: Page) -> Locator:
    """The option that the field says is the current one."""
    name = page.get_by_role("dialog").get_by_role("combobox").get_attribute("aria-activedescendant")
    return page.locator(f"[id='{name}'][aria-selected=true]")


def test_document_is_found_and_opened_by_the_keyboard(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/campagnes")

    palette(page)
    page.keyboard.type("F-142")
    expect(options(page, "Documents").first).to_contain_text("Facture F-142")
    expect(page.get_by_role("status").filter(has_text="proposition")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Facture F-142")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_arrows_move_through_every_group_and_around(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/documents")

    palette(page)
    page.keyboard.type("bercy")
    expect(options(page, "Campagnes")).to_have_count(1)
    expect(options(page, "Documents").first).to_contain_text("Équipe Bercy")
    expect(current(page)).to_contain_text("Liste de Bercy")
    page.keyboard.press("ArrowDown")
    expect(current(page)).to_contain_text("Équipe Bercy")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=re.compile("Liste de Bercy"))).to_be_focused()


def test_send_is_found_and_its_detail_opens(demo: Site, visit: Visit) -> None:
    subject = demo.call("GET", "/v1/sends?status=sent")["items"][0]["subject"]
    page = visit(demo, "/parametres")

    palette(page)
    page.keyboard.type(subject)
    options(page, "Envois").filter(has_text="Envoyé").first.click()

    expect(page.get_by_role("dialog", name="Détail de l’envoi")).to_contain_text(subject)


def test_document_is_sent_from_anywhere(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/historique")

    palette(page)
    page.keyboard.type("envoyer")
    expect(current(page)).to_have_text("Envoyer un document par email")
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Document à envoyer").fill("F-142")
    expect(options(page, "Documents").first).to_contain_text("Facture F-142")
    expect(options(page, "Actions")).to_have_count(0)
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog", name="Envoyer par email")).to_be_visible()


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("nouvelle liste", "Nouvelle liste de personnel"),
        ("nouvelle facture", "Nouvelle facture"),
        ("bon nouveau", "Nouveau bon de commande"),
        ("nouvelle camp", "Nouvelle campagne"),
        ("PARAMETRES", "Paramètres"),
    ],
)
def test_action_is_found_by_the_beginnings_of_its_words(
    demo: Site, visit: Visit, words: str, heading: str
) -> None:
    page = visit(demo, "/historique")

    palette(page)
    page.keyboard.type(words)
    expect(current(page)).to_have_text(heading)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def test_language_theme_and_leaving_are_actions(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/campagnes")

    palette(page)
    page.keyboard.type("thème")
    expect(current(page)).to_have_text("Passer au thème sombre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Passer au thème clair")).to_be_visible()
    palette(page)
    page.keyboard.type("langue")
    expect(current(page)).to_contain_text("English")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Campaigns", level=1)).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("another address")
    expect(current(page)).to_have_text("Another address")
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Another address")).to_be_visible()


def test_answers_to_earlier_words_are_dropped(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/campagnes")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route(re.compile(r"/v1/documents\?.*q=Nation"), hold)

    field = palette(page)
    with page.expect_request(re.compile(r"/v1/documents\?.*q=Nation")):
        field.fill("Nation")
    field.fill("F-142")
    expect(options(page, "Documents").first).to_contain_text("Facture F-142")
    for route in late:
        route.abort()
    page.wait_for_load_state("networkidle")

    expect(options(page, "Documents").first).to_contain_text("Facture F-142")
    expect(options(page, "Documents").filter(has_text="Nation")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_words_are_asked_for_once_they_rest(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/campagnes")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "q=" in request.url else None)

    palette(page)
    page.keyboard.type("F-142")
    expect(options(page, "Documents").first).to_contain_text("Facture F-142")

    assert len([url for url in asked if "/v1/documents?" in url]) < len("F-142"), asked


def test_key_works_while_typing_but_not_over_a_dialog_or_formatted_text(
    demo: Site, visit: Visit
) -> None:
    page = visit(demo, "/parametres")
    name = page.get_by_role("textbox", name="Nom affiché")

    name.focus()
    palette(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(name).to_be_focused()
    page.locator("[contenteditable=true]").first.focus()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_contain_text("Ctrl + K")
    page.keyboard.press("Control+k")

    expect(page.get_by_role("dialog")).to_have_count(1)


def test_button_in_the_header_opens_it_and_says_its_key(demo: Site, visit: Visit) -> None:
    page = visit(demo, "/campagnes")
    button = page.get_by_role("banner").get_by_role("button", name="Aller à…")
    expect(button).to_contain_text("Ctrl + K")

    button.click()
    expect(page.get_by_role("combobox", name=FIELD)).to_be_focused()
    page.keyboard.press("Escape")

    expect(button).to_be_focused()
