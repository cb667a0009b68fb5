"""Known recipients, groups of them, and what is asked before somebody is written to again."""

import re
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.axe import Screens, click, nothing, violations
from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, STAFF, Site

BOUNCE = "bounce@simulator.amazonses.com"
COMPLAINT = "complaint@simulator.amazonses.com"
LISTS = "/parametres/listes"
DAY_AND_HOUR = r"\d\d/\d\d/\d{4} (à )?\d\d:\d\d"


def _group(site: Site, name: str, addresses: Sequence[str]) -> str:
    contacts = [{"address": address, "name": ""} for address in addresses]
    created = site.call("POST", "/v1/groups", {"name": name, "addresses": contacts})
    return str(created["id"])


def _send_form(page: Page) -> Locator:
    page.get_by_role("link", name="Envoyer par email").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_label("Objet")).to_be_visible()
    return form


def _options(page: Page, state: str = "") -> Locator:
    """What a field proposes; the lists of the browser's own have options too."""
    return page.locator(f"[role=option]{state}")


def _paste(field: Locator, text: str) -> None:
    field.focus()
    field.evaluate(
        """(field, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const options = {clipboardData, bubbles: true, cancelable: true};
            field.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def _received(site: Site, subject: str) -> list[str]:
    """Everybody who has received a mail of this subject."""
    return sorted(to for mail in site.mails() if mail.subject == subject for to in mail.to)


@pytest.mark.feature("B33")
def test_known_address_is_proposed_and_taken_by_a_click(site: Site, visit: Visit) -> None:
    invoice = site.document(INVOICE, number="K-1")
    site.send(invoice, "compta@dupont-btp.example", "Avant")
    page = visit(site, f"/documents/{invoice}")

    form = _send_form(page)
    copies = form.get_by_role("combobox", name="Copies (CC)")
    copies.press_sequentially("dupont-b")
    form.get_by_role("option", name="compta@dupont-btp.example").click()

    expect(form.get_by_role("button", name="Retirer compta@dupont-btp.example")).to_be_visible()
    expect(copies).to_have_value("")
    expect(copies).to_be_focused()
    expect(form.get_by_role("listbox")).to_have_count(0)


@pytest.mark.feature("B33")
def test_keyboard_alone_fills_in_every_address_and_sends(site: Site, visit: Visit) -> None:
    invoice = site.document(INVOICE, number="K-2")
    for address in ("clavier.un@martin.example", "clavier.deux@martin.example"):
        site.send(invoice, address, "Avant")
    other = site.document(INVOICE, number="K-3")
    page = visit(site, f"/documents/{other}/envoyer")
    to = page.get_by_role("combobox", name="Email principal")
    expect(to).to_be_focused()
    keyboard = page.keyboard

    keyboard.press("ControlOrMeta+a")
    keyboard.type("clavier u")
    option = page.get_by_role("option", name="clavier.un@martin.example")
    expect(_options(page)).to_have_count(1)
    # It is no address yet: Enter takes the best match.
    expect(option).to_have_attribute("aria-selected", "true")
    expect(to).to_have_attribute("aria-activedescendant", str(option.get_attribute("id")))
    keyboard.press("Enter")
    expect(to).to_have_value("clavier.un@martin.example")
    expect(to).to_have_attribute("aria-expanded", "false")
    keyboard.press("Tab")
    copies = page.get_by_role("combobox", name="Copies (CC)")
    expect(copies).to_be_focused()
    keyboard.type("clavier")
    expect(_options(page)).to_have_count(2)
    keyboard.press("Escape")
    expect(_options(page)).to_have_count(0)
    expect(page.get_by_role("dialog")).to_be_visible()
    keyboard.press("ArrowDown")
    expect(_options(page)).to_have_count(2)
    keyboard.press("ArrowDown")
    chosen = _options(page, "[aria-selected=true]")
    address = str(chosen.inner_text())
    keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Retirer {address}")).to_be_visible()
    expect(copies).to_be_focused()
    keyboard.press("ControlOrMeta+Enter")
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    assert _received(site, "Facture K-3 - Dupont BTP") == sorted(
        {"clavier.un@martin.example", address}
    )


@pytest.mark.feature("B33")
def test_typed_address_is_taken_as_it_is_unless_a_proposal_is_gone_to(
    site: Site, visit: Visit
) -> None:
    invoice = site.document(INVOICE, number="K-4")
    site.send(invoice, "jean@petit.example.com", "Avant")
    page = visit(site, "/campagnes/nouvelle")
    field = page.get_by_role("combobox", name="Adresses email")

    field.press_sequentially("jean@petit.example")
    expect(page.get_by_role("option", name="jean@petit.example.com")).to_be_visible()
    expect(_options(page, "[aria-selected=true]")).to_have_count(0)
    field.press("Enter")
    expect(
        page.get_by_role("button", name="Retirer jean@petit.example", exact=True)
    ).to_be_visible()
    _paste(field, 'Zoé <zoe@x.example>; "Durand, Luc" <luc@x.example>\na@x.example b@x.example')

    expect(page.get_by_role("button", name=re.compile("^Retirer .*@x.example"))).to_have_count(4)


@pytest.mark.feature("B33")
def test_late_answer_to_an_older_text_offers_nothing_that_no_longer_fits(
    site: Site, visit: Visit
) -> None:
    invoice = site.document(INVOICE, number="K-5")
    for address in ("tard.un@lent.example", "tard.deux@lent.example"):
        site.send(invoice, address, "Avant")
    page = visit(site, "/campagnes/nouvelle")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/v1/recipients\?q=tard$"), hold)
    field = page.get_by_role("combobox", name="Adresses email")

    with page.expect_request(re.compile(r"recipients\?q=tard$")):
        field.press_sequentially("tard")
    field.press_sequentially(".un")
    expect(_options(page)).to_have_text(["tard.un@lent.example"])
    for route in held:
        route.continue_()
    field.press("ArrowDown")
    field.press("Enter")

    expect(page.get_by_role("button", name="Retirer tard.un@lent.example")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Retirer"))).to_have_count(1)


@pytest.mark.feature("B33")
def test_corrections_of_a_retry_propose_known_addresses(site: Site, visit: Visit) -> None:
    invoice = site.document(INVOICE, number="K-6")
    site.send(invoice, "bonne@reprise.example", "Avant")
    failed = site.send(invoice, BOUNCE, "À reprendre")
    site.mails()
    page = visit(site, f"/historique/{failed}")

    page.get_by_role("button", name="Relancer").click()
    field = page.get_by_role("combobox", name=f"Adresse à utiliser à la place de {BOUNCE}")
    field.fill("bonne")
    page.get_by_role("option", name="bonne@reprise.example").click()
    expect(field).to_have_value("bonne@reprise.example")
    page.get_by_role("button", name="Relancer").click()
    expect(page).not_to_have_url(re.compile(failed))

    assert "bonne@reprise.example" in _received(site, "À reprendre")


@pytest.mark.feature("B34")
def test_group_is_a_pill_and_receives_the_send(site: Site, visit: Visit) -> None:
    _group(site, "Équipe du lundi", ["l1@lundi.example", "l2@lundi.example"])
    page = visit(site, f"/documents/{site.document(INVOICE, number='G-1')}")

    form = _send_form(page)
    form.get_by_label("Email principal").fill("a@lundi.example")
    blind = form.get_by_role("combobox", name="Copies cachées (CCI)")
    blind.press_sequentially("equipe du l")
    option = form.get_by_role("option", name="Équipe du lundi")
    expect(option).to_contain_text("Liste de diffusion · 2 adresses")
    option.click()
    expect(form.get_by_text("Équipe du lundi (2)")).to_be_visible()
    form.get_by_label("Objet").fill("À toute l’équipe")
    form.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    assert _received(site, "À toute l’équipe") == [
        "a@lundi.example",
        "l1@lundi.example",
        "l2@lundi.example",
    ]


@pytest.mark.feature("B34")
def test_group_deleted_meanwhile_is_named_on_its_field(site: Site, visit: Visit) -> None:
    gone = _group(site, "Éphémère", ["e@lundi.example"])
    page = visit(site, f"/documents/{site.document(INVOICE, number='G-2')}")
    form = _send_form(page)
    form.get_by_label("Email principal").fill("a@lundi.example")
    blind = form.get_by_role("combobox", name="Copies cachées (CCI)")
    blind.press_sequentially("éph")
    form.get_by_role("option", name="Éphémère").click()
    expect(form.get_by_text("Éphémère (1)")).to_be_visible()

    site.call("DELETE", f"/v1/groups/{gone}")
    form.get_by_role("button", name="Envoyer").click()

    expect(form.get_by_text("Cette liste de diffusion n’existe pas.")).to_be_visible()
    expect(blind).to_be_focused()
    expect(form.get_by_text("1 champ est à corriger.")).to_be_visible()


@pytest.mark.feature("B34")
def test_campaign_sends_to_a_group_as_it_is_then(site: Site, visit: Visit) -> None:
    site.document(STAFF, name="Équipe du mardi")
    group = _group(site, "Chantier mardi", ["m1@mardi.example", "m2@mardi.example"])
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_role("checkbox", name="Équipe du mardi").check()
    field = page.get_by_role("combobox", name="Adresses email")

    field.press_sequentially("chantier m")
    expect(page.get_by_role("option", name="Chantier mardi")).to_be_visible()
    field.press("Enter")
    expect(page.get_by_text("Chantier mardi (2)")).to_be_visible()
    _paste(field, "m2@mardi.example, m3@mardi.example")
    page.get_by_role("button", name="Activer la campagne").click()
    expect(page.get_by_text("La campagne est créée.")).to_be_visible()
    expect(page.get_by_role("link", name="Chantier mardi (2)")).to_have_attribute(
        "href", f"{LISTS}/{group}"
    )
    page.get_by_role("button", name=re.compile("^Autres actions")).click()
    page.get_by_role("menuitem", name="Envoyer maintenant").click()

    expect(page.get_by_role("dialog")).to_contain_text("Envoyer maintenant à 3 destinataires")


@pytest.mark.feature("B34")
def test_first_list_is_made_from_a_spreadsheet_and_edited(site: Site, visit: Visit) -> None:
    page = visit(site, "/parametres", person="listes@neuves.example")
    page.get_by_role("link", name="Gérer les listes").click()
    expect(page.get_by_text("Aucune liste de diffusion pour l’instant")).to_be_visible()
    page.get_by_role("link", name="Nouvelle liste de diffusion").click()
    page.get_by_label("Nom de la liste").fill("Voisins")
    rows = page.get_by_role("table", name="Adresses")

    first = rows.get_by_role("textbox").first
    people = [f"Voisin {n}\tv{n}@rue.example" for n in range(1, 998)]
    _paste(first, "\n".join(["Nom\tAdresse email", *people]))
    expect(page.get_by_text("997 lignes collées.")).to_be_visible()
    page.get_by_role("button", name="Ajouter une adresse").click()
    last = page.locator("[data-path='addresses.997.name']")
    expect(last).to_be_focused()
    _paste(last, 'Zoé Łukasz <zoe@rue.example>\n"Durand, Luc" <luc@rue.example>\nfin@rue.example')
    expect(page.get_by_text("1000 adresses")).to_be_visible()
    expect(page.locator("[data-path='addresses.998.name']")).to_have_value("Durand, Luc")
    page.get_by_role("button", name="Enregistrer").click()

    row = page.get_by_role("row", name=re.compile("Voisins"))
    expect(row).to_contain_text("1000 adresses")
    row.get_by_role("link").click()
    page.get_by_label("Nom de la liste").fill("Voisinage")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="Voisinage", level=1)).to_be_visible()


@pytest.mark.feature("B34")
def test_wrong_address_of_a_list_is_shown_in_its_cell(site: Site, visit: Visit) -> None:
    page = visit(site, f"{LISTS}/nouvelle")
    page.get_by_label("Nom de la liste").fill("À corriger")
    _paste(page.get_by_role("table").get_by_role("textbox").first, "A\ta@x.example\nB\tb@@x")

    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_text("1 case est à corriger")).to_be_visible()
    expect(page.locator("[data-path='addresses.1.address']")).to_be_focused()


@pytest.mark.feature("B34")
def test_list_changed_elsewhere_meanwhile_is_not_overwritten(site: Site, visit: Visit) -> None:
    group = _group(site, "À deux", ["a@deux.example"])
    page = visit(site, f"{LISTS}/{group}")
    page.get_by_label("Nom de la liste").fill("À moi")
    contacts = [{"address": "b@deux.example", "name": ""}]
    site.call("PUT", f"/v1/groups/{group}", {"name": "À eux", "addresses": contacts, "version": 1})

    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modifié ailleurs entre-temps")).to_be_visible()
    expect(page.get_by_label("Nom de la liste")).to_have_value("À moi")
    page.get_by_role("button", name="Charger la version enregistrée").click()

    expect(page.get_by_label("Nom de la liste")).to_have_value("À eux")


@pytest.mark.feature("B34")
def test_list_in_use_names_its_campaigns_and_another_is_deleted(site: Site, visit: Visit) -> None:
    group = _group(site, "Servie", ["s@servie.example"])
    staff = site.document(STAFF, name="Équipe servie")
    campaign = site.campaign(staff, name="Campagne servie", recipients=[], groups=[group])
    page = visit(site, f"{LISTS}/{group}")

    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    link = page.get_by_role("alert").get_by_role("link", name="Campagne servie")
    expect(link).to_have_attribute("href", f"/campagnes/{campaign}/modifier")
    site.call("DELETE", f"/v1/campaigns/{campaign}")
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()

    expect(page.get_by_text("La liste de diffusion est supprimée.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{LISTS}$"))
    expect(page.get_by_role("link", name="Servie", exact=True)).to_have_count(0)


@pytest.mark.feature("B35")
def test_flagged_address_says_so_before_it_is_sent_to(site: Site, visit: Visit) -> None:
    invoice = site.document(INVOICE, number="D-1")
    site.send(invoice, BOUNCE, "Avant")
    site.send(invoice, COMPLAINT, "Avant")
    site.mails()
    page = visit(site, f"/documents/{invoice}")

    form = _send_form(page)
    to = form.get_by_role("combobox", name="Email principal")
    to.fill("bounce@")
    option = form.get_by_role("option", name=BOUNCE)
    expect(option).to_contain_text(re.compile(f"Non remis le {DAY_AND_HOUR}"))
    expect(option.locator("svg")).to_be_visible()
    option.click()
    expect(form.get_by_role("status").filter(has_text=f"{BOUNCE} Non remis le")).to_be_visible()
    copies = form.get_by_role("combobox", name="Copies (CC)")
    copies.fill(f"{COMPLAINT}, sain@dupont.example, ")
    pill = form.get_by_text("Indésirable", exact=True)
    expect(pill).to_be_visible()
    expect(pill.locator("svg")).to_be_visible()
    expect(
        form.get_by_role("status").filter(has_text=f"{COMPLAINT} Signalé comme indésirable le")
    ).to_contain_text("Le destinataire a signalé un email comme indésirable.")

    expect(form.get_by_text("sain@dupont.example")).to_have_count(1)


@pytest.mark.feature("B36")
def test_document_that_the_address_has_had_is_asked_about_once(site: Site, visit: Visit) -> None:
    invoice = site.document(INVOICE, number="R-1")
    site.send(invoice, "compta@dupont.example", "Avant")
    site.mails()
    page = visit(site, f"/documents/{invoice}")
    form = _send_form(page)
    form.get_by_label("Email principal").fill("compta@dupont.example")
    form.get_by_label("Objet").fill("Encore une fois")

    form.get_by_role("button", name="Envoyer").click()
    question = page.get_by_role("dialog", name="Envoyer à nouveau")
    expect(question).to_contain_text(
        re.compile(f"Déjà envoyée à compta@dupont.example le {DAY_AND_HOUR}")
    )
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(form.get_by_label("Objet")).to_have_value("Encore une fois")
    assert _received(site, "Encore une fois") == []

    # The answer is lost: trying again is the same request, and not asked about again.
    page.route("**/v1/sends", lambda route: route.fetch() and route.abort(), times=1)
    form.get_by_role("button", name="Envoyer").click()
    question.get_by_role("button", name="Envoyer à nouveau").click()
    expect(form.get_by_text("Le service ne répond pas.")).to_be_visible()
    form.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    expect(question).to_have_count(0)
    assert _received(site, "Encore une fois") == ["compta@dupont.example"]


@pytest.mark.feature("B36")
def test_new_document_is_sent_without_a_question(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(INVOICE, number='R-2')}")
    form = _send_form(page)
    form.get_by_label("Objet").fill("Sans question")

    form.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()
    assert _received(site, "Sans question") == ["compta@dupont.example"]


@pytest.mark.feature("B36")
def test_campaign_that_sends_at_once_asks_too(site: Site, visit: Visit) -> None:
    staff = site.document(STAFF, name="Équipe répétée")
    site.send(staff, "rh@repete.example", "Avant")
    site.mails()
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_role("checkbox", name="Équipe répétée").check()
    page.get_by_role("combobox", name="Adresses email").fill("rh@repete.example, ")
    page.get_by_role("radio", name="Aucune (envoi unique)").check()

    page.get_by_role("button", name="Envoyer maintenant à 1 destinataire").click()
    question = page.get_by_role("dialog", name="Envoyer à nouveau")
    expect(question).to_contain_text("Déjà envoyée à rh@repete.example")
    question.get_by_role("button", name="Envoyer à nouveau").click()

    expect(page.get_by_text("La campagne est créée.")).to_be_visible()


def _propose(page: Page) -> None:
    field = page.get_by_role("combobox", name="Copies cachées (CCI)")
    field.fill(f"pas-une-adresse, {BOUNCE}, ")
    expect(page.get_by_text("Non remis", exact=True)).to_be_visible()
    field.press_sequentially("voi")
    page.get_by_role("option", name="Voisins").click()
    expect(page.get_by_text("Voisins (2)")).to_be_visible()
    field.press_sequentially("compta")
    expect(page.get_by_role("listbox")).to_be_visible()


def _ask_again(page: Page) -> None:
    page.get_by_label("Email principal").fill(BOUNCE)
    page.get_by_label("Copies (CC)").fill("compta@dupont.example, ")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_role("dialog", name="Envoyer à nouveau")).to_be_visible()


def _refuse_deletion(page: Page) -> None:
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_be_visible()


def _leave_empty(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert").first).to_be_visible()


SCREENS: Screens = {
    "proposals": ("/documents/{invoice}/envoyer", _propose),
    "send again": ("/documents/{invoice}/envoyer", _ask_again),
    "lists": (LISTS, nothing),
    "new list": (f"{LISTS}/nouvelle", _leave_empty),
    "list": (f"{LISTS}/{{group}}", nothing),
    "deletion": (f"{LISTS}/{{group}}", click("button", "Supprimer")),
    "list in use": (f"{LISTS}/{{group}}", _refuse_deletion),
    "campaign": ("/campagnes/{campaign}", nothing),
    "settings": ("/parametres", nothing),
}


@pytest.fixture(scope="module")
def ids(demo: Site) -> dict[str, str]:
    """The id of one thing of each kind, by its name in SCREENS."""
    invoice = demo.document(INVOICE, number="AXE-1")
    demo.send(invoice, "compta@dupont.example", "Avant")
    demo.send(invoice, BOUNCE, "Avant")
    demo.mails()
    group = _group(demo, "Voisins", ["o1@rue.example", "o2@rue.example"])
    staff = demo.document(STAFF, name="Équipe d’ici")
    campaign = demo.campaign(staff, name="Aux voisins", groups=[group])
    return {"invoice": invoice, "group": group, "campaign": campaign}


@pytest.mark.feature("B33", "B34", "B35", "B36")
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(demo: Site, visit: Visit, ids: dict[str, str], screen: str) -> None:
    path, act = SCREENS[screen]

    assert violations(demo, visit, path.format(**ids), act) == []
