"""Creating, watching, changing and stopping campaigns."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import DEMO, INVOICE, ORDER, STAFF, Mail, Site


@pytest.fixture(scope="module")
def published(site: Site) -> dict[str, str]:
    """One document of each type that a campaign may send, and one that it may not."""
    site.document(STAFF, publish=False, name="Brouillon")
    site.document(INVOICE, publish=False, number="F-0")
    site.document(ORDER, publish=False, number="BC-0")
    return {str(content["type"]): site.document(content) for content in (STAFF, INVOICE, ORDER)}


@pytest.fixture
def campaign(site: Site, published: dict[str, str], request: pytest.FixtureRequest) -> str:
    """The name of a new campaign."""
    changes: dict[str, Any] = getattr(request, "param", {})
    name = f"Campagne {request.node.name}"[:80]
    site.campaign(published["staff_list"], name=name, subject=name, **changes)
    return name


def _mails(site: Site, subject: str) -> list[Mail]:
    return [mail for mail in site.mails() if mail.subject == subject]


def _row(page: Page, name: str) -> Any:
    return page.get_by_role("row").filter(has_text=name)


def _menu(page: Page, name: str, entry: str) -> None:
    page.get_by_role("button", name=f"Autres actions : {name}").click()
    page.get_by_role("menuitem", name=entry).click()


def _run_now(page: Page, name: str) -> None:
    _menu(page, name, "Envoyer maintenant")
    page.get_by_role("dialog").get_by_role("button", name="Envoyer maintenant").click()
    expect(page.get_by_text("L’envoi est demandé.")).to_be_visible()


def _next_occurrence(site: Site, name: str) -> datetime:
    [campaign] = [c for c in site.call("GET", "/v1/campaigns")["items"] if c["name"] == name]
    return datetime.fromisoformat(campaign["next_run_at"])


@pytest.mark.feature("S1", "S83")
def test_the_two_tabs_lead_to_campaigns_and_history(site: Site, visit: Visit) -> None:
    page = visit(site)
    navigation = page.get_by_role("navigation", name="Navigation principale")
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()

    navigation.get_by_role("link", name="Historique").click()
    expect(page.get_by_role("heading", name="Historique", level=1)).to_be_visible()
    navigation.get_by_role("link", name="Campagnes").click()

    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "fr"


@pytest.mark.feature("S19", "S20", "S21", "S22", "S23", "S24")
@pytest.mark.parametrize(
    "kind",
    [
        ("Liste de personnel", "Équipe Bercy", "Brouillon"),
        ("Facture", "Facture F-142", "Facture F-0"),
        ("Bon de commande", "Bon de commande BC-31", "Bon de commande BC-0"),
    ],
    ids=["list", "invoice", "order"],
)
def test_only_documents_that_are_ready_can_be_chosen(
    site: Site, visit: Visit, published: dict[str, str], kind: tuple[str, str, str]
) -> None:
    chosen, offered, withheld = kind
    page = visit(site, "/campagnes/nouvelle")

    page.get_by_label("Type de document").select_option(chosen)

    expect(page.get_by_text("Seuls les documents publiés sont disponibles")).to_be_visible()
    expect(page.get_by_role("checkbox", name=offered)).to_be_visible()
    expect(page.get_by_role("checkbox", name=withheld, exact=True)).to_have_count(0)


@pytest.mark.feature(
    "S25", "S26", "S28", "S29", "S30", "S31", "S32", "S33", "S35", "S46", "S85", "B9"
)
def test_the_editor_takes_everything_that_makes_a_campaign(
    site: Site, visit: Visit, published: dict[str, str]
) -> None:
    blind = ["a@dupont.example", "b@dupont.example", "c@dupont.example"]
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_role("checkbox", name="Équipe Bercy").check()
    page.get_by_label("Nom de la campagne").fill("Tout à la fois")
    page.get_by_label("Adresses email").fill("a@dupont.example,b@dupont.example;c@dupont.example ")
    page.get_by_role("checkbox", name="Inclure l’expéditeur en copie").check()
    page.get_by_role("textbox", name="Objet").fill("")
    for variable in ("document_name", "document_number", "date"):
        page.get_by_role("button", name=f"Insérer {{{variable}}} (Objet)").click()
    expect(page.get_by_role("textbox", name="Objet")).to_have_value(
        "{document_name}{document_number}{date}"
    )
    page.get_by_role("textbox", name="Corps du message").fill("Bonjour {client}")
    expect(page.get_by_text("« {client} » n’est pas une variable connue")).to_be_visible()
    page.get_by_role("textbox", name="Corps du message").fill("Bonjour, voici {document_name}.")
    expect(page.get_by_text("Aperçu de la signature email")).to_be_visible()
    page.get_by_text("Options", exact=True).click()
    expect(page.get_by_label("Fuseau horaire")).to_have_value("Europe/Paris")
    preview = page.get_by_role("complementary", name="Aperçu en direct")
    expect(preview.get_by_text("Équipe BercyLP-31", exact=False).first).to_be_visible()
    previewed = preview.frame_locator("iframe")
    expect(previewed.get_by_text("Bonjour, voici Équipe Bercy.")).to_be_visible()
    page.get_by_role("radio", name="En pause").check()

    page.get_by_role("button", name="Enregistrer la campagne").click()

    expect(page.get_by_role("heading", name="Tout à la fois")).to_be_visible()
    expect(page.get_by_text("En pause", exact=True)).to_be_visible()
    expect(page.get_by_text("Inclure l’expéditeur en copie")).to_be_visible()
    expect(page.get_by_text(", ".join(blind))).to_be_visible()
    _run_now(page, "Tout à la fois")
    [mail] = _mails(site, "Équipe BercyLP-3130/11/2026")
    assert sorted(mail.to) == sorted([*blind, DEMO])
    assert [address.addr_spec for address in mail.message["To"].addresses] == [DEMO]
    assert not any(address in str(mail.message) for address in blind)
    assert "Bonjour, voici Équipe Bercy." in mail.text


@pytest.mark.feature("S38")
def test_without_recurrence_it_is_sent_at_once(
    site: Site, visit: Visit, published: dict[str, str]
) -> None:
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_role("checkbox", name="Équipe Bercy").check()
    page.get_by_label("Adresses email").fill("unique@dupont.example ")
    page.get_by_role("radio", name="Aucune (envoi unique)").check()

    page.get_by_role("button", name="Envoyer maintenant à 1 destinataire").click()
    expect(page.get_by_text("Terminée")).to_be_visible()

    assert [mail.to for mail in site.mails() if "unique@dupont.example" in mail.to] == [
        ["unique@dupont.example"]
    ]


@pytest.mark.feature("S43", "S44", "S45")
def test_once_is_said_back_with_its_date_and_hour(
    site: Site, visit: Visit, published: dict[str, str]
) -> None:
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_role("checkbox", name="Équipe Bercy").check()
    page.get_by_role("radio", name="Une fois (programmé)").check()

    page.get_by_role("textbox", name="Date d’envoi").fill("14/07/2041")
    page.get_by_label("Heure d’envoi").fill("9h")
    page.get_by_label("Heure d’envoi").blur()

    said = page.get_by_text(re.compile("le .*14 juillet 2041 à 09:00, heure de"))
    expect(said).to_contain_text("heure de Paris")
    page.get_by_text("Options", exact=True).click()
    page.get_by_label("Fuseau horaire").select_option("America/New_York")
    expect(said).to_contain_text("heure de New York")


@pytest.mark.feature("S51", "S52", "S53", "S54", "S55", "S56")
def test_a_campaign_is_paused_and_resumed_from_the_list(
    site: Site, visit: Visit, campaign: str
) -> None:
    page = visit(site, "/campagnes")
    row = _row(page, campaign)
    expect(row.get_by_text("Active", exact=True)).to_be_visible()

    with page.expect_response("**/pause"):  # the status shows before the API has answered
        row.get_by_role("button", name="Mettre en pause").click()
    expect(row.get_by_text("En pause", exact=True)).to_be_visible()
    site.advance("P7D")
    while_paused = _mails(site, campaign)
    with page.expect_response("**/resume"):
        row.get_by_role("button", name="Reprendre").click()
    expect(row.get_by_text("Active", exact=True)).to_be_visible()
    site.advance("P7D")
    page.reload()

    expect(row.get_by_text("Active", exact=True)).to_be_visible()
    assert (len(while_paused), len(_mails(site, campaign))) == (0, 1)


@pytest.mark.feature("S57", "S58")
def test_a_campaign_is_opened_and_changed(site: Site, visit: Visit, campaign: str) -> None:
    page = visit(site, "/campagnes")

    page.get_by_role("link", name=campaign).click()
    expect(page.get_by_role("listitem").filter(has_text="08:00 (Paris)")).to_have_count(12)
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Heure d’envoi").fill("06:15")
    page.get_by_role("textbox", name="Objet").fill("Nouvel objet {date}")
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_text("Hebdomadaire · le lundi · 06:15")).to_be_visible()
    expect(page.get_by_text("Nouvel objet {date}")).to_be_visible()


@pytest.mark.feature("S59", "S60", "S61", "S62")
def test_a_campaign_is_deleted_only_when_confirmed_and_its_history_stays(
    site: Site, visit: Visit, campaign: str
) -> None:
    page = visit(site, "/campagnes")
    _run_now(page, campaign)
    page.get_by_role("link", name=campaign).click()
    page.get_by_role("button", name="Supprimer").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("La suppression d’une campagne est définitive.")
    expect(dialog).to_contain_text("L’historique des envois passés est conservé.")
    dialog.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", name=campaign)).to_be_visible()

    page.get_by_role("button", name="Supprimer").click()
    dialog.get_by_role("button", name="Supprimer").click()

    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    expect(page.get_by_role("link", name=campaign)).to_have_count(0)
    page.get_by_role("link", name="Historique").click()
    expect(page.get_by_role("row").filter(has_text=campaign)).to_have_count(1)


@pytest.mark.feature("B10", "B11")
def test_a_test_goes_to_its_sender_and_a_run_by_hand_to_everybody(
    site: Site, visit: Visit, campaign: str
) -> None:
    page = visit(site, "/campagnes")

    _menu(page, campaign, "Envoyer un test")
    expect(page.get_by_text("Le test part vers votre adresse.")).to_be_visible()
    _run_now(page, campaign)

    [test] = _mails(site, f"[Test] {campaign}")
    [run] = _mails(site, campaign)
    assert test.to == [DEMO]
    assert sorted(run.to) == ["client1@example.com", "client2@example.com"]
    page.get_by_role("link", name="Campagnes").click()
    expect(_row(page, campaign).get_by_role("link", name="Envoyé")).to_be_visible()


@pytest.mark.feature("B11")
def test_a_run_by_hand_that_is_confirmed_twice_mails_once(
    site: Site, visit: Visit, campaign: str
) -> None:
    page = visit(site, "/campagnes")

    _menu(page, campaign, "Envoyer maintenant")
    page.get_by_role("dialog").get_by_role("button", name="Envoyer maintenant").dblclick()

    # Without a reload: the page asks again until the send of the run is there.
    expect(_row(page, campaign).get_by_role("link", name="Envoyé")).to_be_visible(timeout=20_000)
    assert len(_mails(site, campaign)) == 1


@pytest.mark.feature("B11")
def test_the_next_occurrence_is_skipped_and_put_back(
    site: Site, visit: Visit, campaign: str
) -> None:
    page = visit(site, "/campagnes")
    page.get_by_role("link", name=campaign).click()
    first, second = (page.get_by_role("listitem").filter(has_text="(Paris)").nth(n) for n in (0, 1))
    expect(second).to_be_visible()

    _menu(page, campaign, "Ignorer le prochain envoi")
    expect(first).to_contain_text("ignoré")
    expect(second).not_to_contain_text("ignoré")
    skipped = _next_occurrence(site, campaign)
    _menu(page, campaign, "Rétablir cet envoi")
    expect(first).not_to_contain_text("ignoré")

    assert skipped - _next_occurrence(site, campaign) == timedelta(days=7)


@pytest.mark.feature("B11")
def test_a_copy_is_paused(site: Site, visit: Visit, campaign: str) -> None:
    page = visit(site, "/campagnes")

    _menu(page, campaign, "Dupliquer")

    expect(_row(page, campaign)).to_have_count(2)
    for status in ("Active", "En pause"):
        said = page.get_by_text(status, exact=True)
        expect(_row(page, campaign).filter(has=said)).to_have_count(1)


@pytest.mark.feature("B13")
def test_the_calendar_shows_coming_sends_and_leads_to_them(
    site: Site, visit: Visit, campaign: str
) -> None:
    page = visit(site, "/campagnes")

    page.get_by_text("Calendrier", exact=True).click()
    page.get_by_role("button", name="Mois suivant").click()
    page.get_by_role("link", name=re.compile(re.escape(campaign))).first.click()

    expect(page.get_by_role("heading", name=campaign)).to_be_visible()


@pytest.mark.feature("S36", "S37", "S35")
def test_a_signature_is_written_once_and_ends_each_mail(
    site: Site, visit: Visit, published: dict[str, str]
) -> None:
    page = visit(site, "/parametres")
    page.get_by_role("textbox", name="Votre signature").fill("Camille Durand\nAtelier <Durand>")
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.get_by_text("Modifications enregistrées.")).to_be_visible()

    page.goto(f"/documents/{published['invoice']}/envoyer")
    frame = page.get_by_role("dialog").frame_locator("iframe")
    expect(frame.get_by_text("Atelier <Durand>")).to_be_visible()
    page.get_by_role("dialog").get_by_label("Email principal").fill("signature@dupont.example")
    page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("L’email est en file d’attente.")).to_be_visible()

    [mail] = [mail for mail in site.mails() if "signature@dupont.example" in mail.to]
    assert "Atelier <Durand>" in mail.text
