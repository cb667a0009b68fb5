"""«Envoyer par email», and the documents it sends."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import DEMO, INVOICE, ORDER, STAFF, Mail, Site


def _mails(site: Site, subject: str) -> list[Mail]:
    return [mail for mail in site.mails() if mail.subject == subject]


def _open_form(page: Page) -> None:
    page.get_by_role("link", name="Envoyer par email").click()
    expect(page.get_by_role("dialog").get_by_label("Objet")).to_be_visible()


@pytest.mark.feature("S2", "S4", "S5", "S6", "S7", "S11", "S13")
def test_copies_hidden_copies_and_the_sender_receive_one_mail(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(INVOICE)}")

    _open_form(page)
    form = page.get_by_role("dialog")
    form.get_by_label("Email principal").fill("a@dupont.example")
    form.get_by_label("Copies (CC)").fill("b@dupont.example; c@dupont.example ")
    form.get_by_label("Copies cachées (CCI)").fill("d@dupont.example, e@dupont.example")
    form.get_by_label("Objet").fill("Facture, avec copies")
    form.get_by_label("Message").fill("Bonjour à tous,")
    form.get_by_role("checkbox", name="Copie à l’expéditeur").check()
    form.get_by_role("tab", name="Aperçu").click()
    expect(form.get_by_text("1 email sera envoyé")).to_be_visible()
    form.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    [mail] = _mails(site, "Facture, avec copies")
    shown = ["a@dupont.example", "b@dupont.example", "c@dupont.example"]
    hidden = ["d@dupont.example", "e@dupont.example"]
    assert sorted(mail.to) == sorted([*shown, *hidden, DEMO])
    assert [str(mail.message["To"]), str(mail.message["Cc"])] == [shown[0], ", ".join(shown[1:])]
    assert not any(address in str(mail.message) for address in hidden)


@pytest.mark.feature("B9", "B38")
def test_the_preview_is_the_mail_that_is_received(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(INVOICE | {'number': 'F-B38'})}")

    _open_form(page)
    form = page.get_by_role("dialog")
    form.get_by_label("Email principal").fill("a@dupont.example")
    form.get_by_label("Objet").fill("Facture, comme prévue")
    form.get_by_role("tab", name="Aperçu").click()
    body = form.frame_locator("iframe").locator("body")
    expect(body.get_by_text("Pièce jointe", exact=True)).to_be_visible()
    previewed = body.inner_text()
    form.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    [mail] = _mails(site, "Facture, comme prévue")
    html = mail.message.get_body(("html",))
    assert html is not None
    page.set_content(html.get_content())
    assert page.locator("body").inner_text() == previewed


@pytest.mark.feature("S14", "S15")
def test_separate_mails_show_nobody_the_others(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(ORDER)}")

    _open_form(page)
    form = page.get_by_role("dialog")
    form.get_by_label("Email principal").fill("a@leroy.example")
    form.get_by_label("Copies (CC)").fill("b@leroy.example")
    form.get_by_label("Objet").fill("Bon, séparément")
    form.get_by_role("checkbox", name="Envoi séparé (pas de CCI)").check()
    form.get_by_role("tab", name="Aperçu").click()
    expect(form.get_by_text("2 emails seront envoyés")).to_be_visible()
    form.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    mails = _mails(site, "Bon, séparément")
    assert sorted(mail.to for mail in mails) == [["a@leroy.example"], ["b@leroy.example"]]
    assert not any(
        "a@leroy" in str(mail.message) and "b@leroy" in str(mail.message) for mail in mails
    )


@pytest.mark.feature("S3", "S9", "S10")
@pytest.mark.parametrize(
    ("content", "subject"),
    [
        (STAFF, "Liste de personnel - 30/11/2026"),
        (ORDER | {"number": "BC-32"}, "Bon de commande BC-32"),
    ],
    ids=["list", "order"],
)
def test_each_type_proposes_its_subject(
    site: Site, visit: Visit, content: dict[str, object], subject: str
) -> None:
    page = visit(site, f"/documents/{site.document(content)}")

    _open_form(page)

    expect(page.get_by_role("dialog").get_by_label("Objet")).to_have_value(subject)


@pytest.mark.feature("S3", "S84")
def test_a_draft_list_must_be_published_first(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(STAFF, publish=False)}")
    expect(page.get_by_role("button", name="Envoyer par email")).to_be_disabled()
    expect(page.get_by_text("Publiez la liste pour l’envoyer")).to_be_visible()

    page.get_by_role("button", name="Publier").click()

    expect(page.get_by_role("link", name="Envoyer par email")).to_be_visible()


def test_ctrl_enter_sends_and_an_address_is_refused_where_it_was_typed(
    site: Site, visit: Visit
) -> None:
    page = visit(site, f"/documents/{site.document(INVOICE, number='F-143')}/envoyer")
    form = page.get_by_role("dialog")
    form.get_by_label("Email principal").fill("pas une adresse")
    form.get_by_label("Objet").fill("Par le clavier")
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("alert")).to_be_visible()
    expect(form.get_by_label("Email principal")).to_have_attribute("aria-invalid", "true")

    form.get_by_label("Email principal").fill("clavier@dupont.example")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()
    assert [mail.to for mail in _mails(site, "Par le clavier")] == [["clavier@dupont.example"]]


@pytest.mark.feature("S84")
def test_an_invoice_is_written_with_its_totals_and_published(site: Site, visit: Visit) -> None:
    page = visit(site, "/documents/nouveau/invoice")

    page.get_by_label("Numéro", exact=False).first.fill("F-900")
    page.get_by_label("Nom ou raison sociale").fill("Dupont BTP")
    line = page.get_by_role("row", name="Ligne 1")
    line.get_by_label("Désignation").fill("Pose")
    line.get_by_label("Quantité").fill("1 000")
    line.get_by_label("Prix unit. HT").fill("38,50")
    expect(page.get_by_text(re.compile("46\\s200,00\\s€"))).to_be_visible()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Marquer comme envoyée").click()

    expect(page.get_by_text("Envoyée", exact=True)).to_be_visible()
    expect(line.get_by_label("Prix unit. HT")).to_have_value("38,50")
    expect(page.get_by_text("Ce document n’a pas encore été envoyé.")).to_be_visible()


@pytest.mark.feature("B24")
def test_a_document_lists_its_own_sends(site: Site, visit: Visit) -> None:
    document = site.document(INVOICE, number="F-145")
    site.send(document, "compta@dupont.example", "Première fois")
    site.send(document, "bounce@simulator.amazonses.com", "Seconde fois")
    site.send(site.document(INVOICE, number="F-146"), "compta@dupont.example", "Autre facture")
    site.advance("PT1S")
    page = visit(site, f"/documents/{document}")

    sends = page.get_by_role("listitem").filter(has_text="fois")
    expect(sends).to_have_count(2)
    expect(sends.filter(has_text="Première fois")).to_contain_text("Envoyé")
    expect(sends.filter(has_text="Seconde fois")).to_contain_text("Erreur")
    expect(page.get_by_text("Autre facture")).to_have_count(0)
    page.get_by_role("link", name="Tous ses envois dans l’historique").click()

    rows = page.get_by_role("table", name="Historique").locator("tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_role("link", name="Première fois").click()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Première fois")).to_be_visible()


def test_another_tab_s_edit_is_shown_and_nothing_is_overwritten(site: Site, visit: Visit) -> None:
    path = f"/documents/{site.document(INVOICE, publish=False, number='F-144')}"
    first = visit(site, path)
    second = first.context.new_page()
    second.goto(path)
    first.get_by_label("Nom ou raison sociale").fill("Saisie du premier onglet")
    second.get_by_label("Nom ou raison sociale").fill("Saisie du second onglet")
    second.get_by_role("button", name="Enregistrer").click()
    expect(second.get_by_text("Modifications enregistrées.")).to_be_visible()

    first.get_by_role("button", name="Enregistrer").click()

    expect(first.get_by_text("Modifié ailleurs entre-temps")).to_be_visible()
    expect(first.get_by_label("Nom ou raison sociale")).to_have_value("Saisie du premier onglet")
    first.get_by_role("button", name="Charger la version enregistrée").click()
    expect(first.get_by_label("Nom ou raison sociale")).to_have_value("Saisie du second onglet")


def test_typing_outlives_a_reload(site: Site, visit: Visit) -> None:
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_label("Nom de la campagne").fill("À moitié écrite")
    expect(page.get_by_label("Nom de la campagne")).to_have_value("À moitié écrite")
    while not page.evaluate("Object.keys(sessionStorage).some((key) => key.includes('draft'))"):
        page.wait_for_timeout(50)

    page.reload()

    expect(page.get_by_label("Nom de la campagne")).to_have_value("À moitié écrite")
    expect(page.get_by_text("Votre saisie précédente a été retrouvée.")).to_be_visible()


@pytest.mark.feature("S2")
def test_unsaved_changes_are_reported_before_sending(site: Site, visit: Visit) -> None:
    page = visit(site, f"/documents/{site.document(INVOICE, publish=False, number='F-150')}")

    page.get_by_label("Notes").fill("Payable à réception")
    expect(page.get_by_text("Des modifications ne sont pas enregistrées.")).to_be_visible()
    _open_form(page)

    told = page.get_by_role("dialog").get_by_text("elles ne seront pas envoyées")
    expect(told).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Annuler").click()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Modifications enregistrées")).to_be_visible()
    _open_form(page)
    expect(told).to_have_count(0)
