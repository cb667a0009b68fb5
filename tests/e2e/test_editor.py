"""Forms: folded options, coming dates, first steps, and a button that covers nothing."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, STAFF, Site

HIDDEN = """() => {
    const focused = document.activeElement;
    if (focused === document.body || focused.tagName === "OBJECT") return null;
    const {left, right, top, bottom} = focused.getBoundingClientRect();
    const within = (x, y) => {
        const found = document.elementFromPoint(x, y);
        return found !== null &&
            [focused, ...(focused.labels ?? [])].some(
                (own) => own.contains(found) || found.contains(own));
    };
    const x = (left + right) / 2;
    const seen = [top + 2, (top + bottom) / 2, bottom - 2].filter((y) => within(x, y));
    return seen.length > 0 ? null : focused.outerHTML.slice(0, 200);
}"""
COVERED = """(save) => {
    const {left, right, top, bottom} = save.getBoundingClientRect();
    return [...document.querySelectorAll("form :is(input, textarea, select, button, a)")]
        .filter((field) => {
            const one = field.getBoundingClientRect();
            return field.checkVisibility() && one.left < right && one.right > left &&
                one.top < bottom && one.bottom > top;
        })
        .map((field) => field.outerHTML.slice(0, 200));
}"""
STEPS = 70


@pytest.fixture(scope="module")
def ids(site: Site) -> dict[str, str]:
    """A campaign, and an invoice with many lines."""
    staff = site.document(STAFF)
    price = {"quantity": "2", "unit_price": "38.50", "vat_rate": "20"}
    lines = [{"description": f"Cloison {n}", **price} for n in range(12)]
    return {
        "campaign": site.campaign(staff, auto_increment_date=True),
        "invoice": site.document(INVOICE, lines=lines, publish=False),
    }


def _dates(page: Page) -> list[str]:
    return page.get_by_role("complementary").get_by_role("listitem").all_inner_texts()


@pytest.mark.feature("B8")
def test_coming_dates_are_shown_before_a_document_is_chosen(
    site: Site, ids: dict[str, str], visit: Visit
) -> None:
    page = visit(site, "/campagnes/nouvelle")
    coming = page.get_by_role("complementary").get_by_role("listitem")
    expect(coming).to_have_count(5)
    expect(coming.first).to_contain_text("08:00 (Paris)")

    page.get_by_role("radio", name="Hebdomadaire").check()
    page.get_by_label("Heure d’envoi").fill("0930")
    page.keyboard.press("Tab")
    expect(coming.first).to_contain_text(re.compile("^lun. .*09:30"))
    page.get_by_role("checkbox", name="Équipe Bercy").check()

    expect(coming.first).to_contain_text("liste datée du")


def test_what_the_recurrence_still_needs_is_said(
    site: Site, ids: dict[str, str], visit: Visit
) -> None:
    page = visit(site, "/campagnes/nouvelle")

    page.get_by_role("radio", name="Une fois (programmé)").check()
    expect(page.get_by_text("La date d’envoi manque")).to_be_visible()
    page.get_by_role("textbox", name="Date d’envoi").fill("14/07/2041")
    page.keyboard.press("Tab")
    expect(page.get_by_text("La date d’envoi manque")).to_have_count(0)
    hour = page.get_by_label("Heure d’envoi")
    hour.fill("25:00")
    page.keyboard.press("Tab")

    expect(page.get_by_text("Ce n’est pas une heure")).to_be_visible()
    expect(page.get_by_text("L’heure d’envoi manque")).to_be_visible()
    hour.fill("0830")
    page.keyboard.press("Tab")
    expect(hour).to_have_value("08:30")
    expect(page.get_by_text("14 juillet 2041 à 08:30")).to_be_visible()


def test_options_are_folded_say_what_they_are_and_open_where_one_is_wrong(
    site: Site, ids: dict[str, str], visit: Visit
) -> None:
    page = visit(site, f"/campagnes/{ids['campaign']}/modifier")
    zone = page.get_by_label("Fuseau horaire")
    expect(page.get_by_text("Heure de Paris · dates des listes incrémentées")).to_be_visible()
    expect(zone).to_be_hidden()
    wrong = {"field": "next_document_date", "code": "date_invalid", "message": "Pas cette date."}
    page.route(
        re.compile(f"/v1/campaigns/{ids['campaign']}$"),
        lambda route: (
            route.fulfill(status=422, json={"code": "validation_failed", "errors": [wrong]})
            if route.request.method == "PUT"
            else route.continue_()
        ),
    )

    page.get_by_label("Nom de la campagne").fill("Autre nom")
    page.get_by_role("button", name="Enregistrer la campagne").click()

    expect(zone).to_be_visible()
    expect(page.get_by_text("Pas cette date.")).to_be_visible()
    expect(page.get_by_label("Date de la prochaine liste")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1024, 1280])
@pytest.mark.parametrize(
    "path", ["/campagnes/nouvelle", "/campagnes/{campaign}/modifier", "/documents/{invoice}"]
)
def test_nothing_that_has_the_focus_is_covered(
    site: Site, ids: dict[str, str], visit: Visit, path: str, width: int
) -> None:
    page = visit(site, path.format(**ids), width=width)
    save = page.get_by_role("button", name=re.compile("^(Enregistrer|Activer la campagne)"))
    expect(save).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.get_by_role("heading", level=1).focus()

    hidden, covered = [], []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(HIDDEN))
        covered += save.evaluate(COVERED)

    assert [found for found in hidden if found is not None] == []
    assert covered == []


@pytest.mark.parametrize("path", ["/campagnes/{campaign}/modifier", "/documents/{invoice}"])
def test_the_button_that_saves_stays_in_sight_on_a_wide_screen(
    site: Site, ids: dict[str, str], visit: Visit, path: str
) -> None:
    page = visit(site, path.format(**ids))
    save = page.get_by_role("button", name=re.compile("^Enregistrer"))
    expect(save).to_be_in_viewport(ratio=1)
    page.wait_for_load_state("networkidle")

    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")

    expect(save).to_be_in_viewport(ratio=1)


def test_what_is_typed_letter_by_letter_is_saved_whole(
    site: Site, ids: dict[str, str], visit: Visit
) -> None:
    page = visit(site, f"/documents/{ids['invoice']}")
    page.get_by_label("Numéro de commande").focus()
    page.keyboard.type("CDE-2041", delay=40)
    # After the pause that hands it over: the PDF of what is typed says so.
    expect(page.get_by_text("Le PDF montre votre saisie")).to_be_visible()
    page.keyboard.type("-BIS", delay=40)

    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modifications enregistrées.")).to_be_visible()

    assert site.call("GET", f"/v1/documents/{ids['invoice']}")["order_number"] == "CDE-2041-BIS"


def test_an_empty_organization_is_led_from_step_to_step(site: Site, visit: Visit) -> None:
    person = f"{uuid.uuid4().hex}@nouvelle.example"
    page = visit(site, "/campagnes", person=person)
    steps = page.get_by_role("list", name="Premiers pas").get_by_role("listitem")
    expect(steps).to_have_count(3)
    expect(steps.filter(has_text="(fait)")).to_have_count(0)

    steps.nth(0).get_by_role("link", name="Ouvrir les paramètres").click()
    page.get_by_label("Raison sociale").fill("Nouvelle SARL")
    page.get_by_label("Adresse", exact=True).fill("1 rue Neuve\n75001 Paris")
    page.get_by_role("button", name="Enregistrer").last.click()
    expect(page.get_by_text("Modifications enregistrées.")).to_be_visible()
    page.get_by_role("link", name="Campagnes").click()
    expect(steps.filter(has_text="(fait)")).to_have_count(1)
    steps.nth(1).get_by_role("link", name="Nouveau document").click()
    expect(page.get_by_text("Aucun document pour l’instant")).to_be_visible()
    page.get_by_role("button", name="Nouveau document").last.click()
    page.get_by_role("menuitem", name="Nouvelle liste de personnel").click()
    page.get_by_role("textbox", name="Nom", exact=True).first.fill("Équipe Neuve")
    page.get_by_role("textbox", name="Nom Personne 1", exact=True).fill("Neuve")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Équipe Neuve", level=1)).to_be_visible()
    page.get_by_role("link", name="Campagnes").click()

    expect(steps.filter(has_text="(fait)")).to_have_count(2)
    steps.nth(2).get_by_role("link", name="Nouvelle campagne").click()
    expect(page.get_by_role("heading", name="Nouvelle campagne")).to_be_visible()


def test_nothing_is_said_to_be_kept_where_nothing_is_typed(site: Site, visit: Visit) -> None:
    page = visit(site, "/historique")
    expect(page.get_by_role("heading", name="Historique", level=1)).to_be_visible()
    lost = page.get_by_role("status").filter(has_text="Connexion perdue.")

    page.context.set_offline(True)

    expect(lost).to_have_text("Connexion perdue. Rien n’est envoyé pour l’instant.")
    page.context.set_offline(False)
