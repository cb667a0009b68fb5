"""What a person sees when something is late, uncertain, paused or refused."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, STAFF, Site


@pytest.mark.feature("B3")
def test_an_occurrence_whose_trigger_was_lost_is_shown_as_late(site: Site, visit: Visit) -> None:
    site.fault("scheduler", "drop", 1)
    site.campaign(site.document(STAFF), subject="Déclenchement perdu")

    site.advance("P7D")
    page = visit(site, "/historique?q=perdu")

    row = page.get_by_role("row").filter(has_text="Déclenchement perdu")
    expect(row).to_contain_text("Envoyé en retard")


@pytest.mark.feature("B2")
def test_what_may_have_been_received_is_sent_again_only_when_confirmed(
    site: Site, visit: Visit
) -> None:
    site.fault("ses", "timeout_after_accept", 1)
    site.fault("events", "drop", 2)
    send = site.send(site.document(INVOICE), "compta@dupont.example", "Réponse perdue")
    site.advance("PT1H")
    page = visit(site, f"/historique/{send}")

    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("Incertain", exact=True)).to_be_visible()
    drawer.get_by_role("button", name="Relancer").click()

    question = "Ce destinataire a peut-être déjà reçu l’email. Renvoyer ?"
    expect(drawer.get_by_text(question)).to_be_visible()
    assert [mail.subject for mail in site.mails()].count("Réponse perdue") == 1


@pytest.mark.feature("B12")
def test_a_campaign_that_reached_nobody_three_times_says_why_it_is_paused(
    site: Site, visit: Visit
) -> None:
    campaign = site.campaign(site.document(STAFF), recipients="bounce@simulator.amazonses.com")

    site.advance("P28D")
    page = visit(site, f"/campagnes/{campaign}")

    expect(page.get_by_text("En pause", exact=True)).to_be_visible()
    expect(page.get_by_text("Les trois derniers envois n’ont atteint personne.")).to_be_visible()


@pytest.mark.feature("B21")
def test_every_problem_of_a_campaign_is_named_when_it_is_saved(site: Site, visit: Visit) -> None:
    site.document(STAFF, name="Équipe Nation")
    page = visit(site, "/campagnes/nouvelle")
    page.get_by_role("checkbox", name="Équipe Nation").check()
    page.get_by_label("Nom de la campagne").fill("Pleine de fautes")
    page.get_by_label("Adresses email").fill("a@dupont.example, pas-une-adresse ")
    page.get_by_role("textbox", name="Objet").fill("Liste {nom}")
    page.get_by_role("textbox", name="Corps du message").fill("Bonjour {client}")

    page.get_by_role("button", name="Activer la campagne").click()

    expect(page.get_by_text("3 champs sont à corriger.")).to_be_visible()
    for wrong in (
        page.get_by_role("combobox", name="Adresses email"),
        page.get_by_role("textbox", name="Objet"),
        page.get_by_role("textbox", name="Corps du message"),
    ):
        expect(wrong).to_have_attribute("aria-invalid", "true")
    names = [campaign["name"] for campaign in site.call("GET", "/v1/campaigns")["items"]]
    assert "Pleine de fautes" not in names
