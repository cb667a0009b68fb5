"""Views of campaigns: the filtered list, the calendar, the last send."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, STAFF, Site

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def document(site: Site) -> str:
    """A list that campaigns may send."""
    return site.document(STAFF)


@pytest.fixture(scope="module")
def campaigns(site: Site, document: str) -> dict[str, str]:
    """A campaign in each state, by its name."""
    return {
        "Active": site.campaign(document, name="Active"),
        "Pausée": site.campaign(document, name="Pausée", status="paused"),
        "Finie": site.campaign(document, name="Finie", recurrence={"kind": "none"}),
    }


def _names(page: Page) -> Any:
    return page.get_by_role("table", name="Campagnes").locator("tbody tr td:first-child a")


@pytest.mark.feature("S55", "S56")
def test_the_list_is_narrowed_to_a_state(
    site: Site, campaigns: dict[str, str], visit: Visit
) -> None:
    page = visit(site, "/campagnes")
    states = page.get_by_role("radiogroup", name="Statut")

    for state, shown in [("Actives", "Active"), ("En pause", "Pausée"), ("Terminées", "Finie")]:
        states.get_by_text(state, exact=True).click()
        expect(_names(page)).to_have_text([shown])
    page.reload()
    expect(_names(page)).to_have_text(["Finie"])
    states.get_by_text("Toutes", exact=True).click()

    expect(_names(page)).to_have_count(len(campaigns))


def test_the_last_send_leads_to_its_detail_in_the_campaign_s_history(
    site: Site, campaigns: dict[str, str], visit: Visit
) -> None:
    page = visit(site, "/campagnes")
    row = page.get_by_role("row").filter(has_text="Finie")
    expect(page.get_by_role("row").filter(has_text="Pausée")).to_contain_text("Jamais")

    row.get_by_role("link", name="Envoyé").click()

    expect(page.get_by_role("dialog", name="Détail de l’envoi")).to_contain_text("Finie")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Filtré sur : une campagne")).to_be_visible()
    expect(page.get_by_role("table", name="Historique").locator("tbody tr")).to_have_count(1)


@pytest.mark.feature("S53", "S54")
def test_a_double_click_pauses_once(site: Site, document: str, visit: Visit) -> None:
    campaign = site.campaign(document, name="Double clic")
    page = visit(site, f"/campagnes/{campaign}")

    page.get_by_role("button", name="Mettre en pause").dblclick(delay=50)
    expect(page.get_by_text("La campagne est en pause.")).to_be_visible()
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("button", name="Reprendre")).to_be_visible()
    assert site.call("GET", f"/v1/campaigns/{campaign}")["status"] == "paused"


@pytest.mark.feature("B13")
def test_the_calendar_s_days_and_hours_are_the_organization_s(
    site: Site, document: str, visit: Visit
) -> None:
    monthly = {"kind": "monthly", "day": 31, "time": "20:00"}
    campaign = site.campaign(
        document, name="Guadeloupe", recurrence=monthly, timezone="America/Guadeloupe"
    )
    coming = site.call("GET", f"/v1/campaigns/{campaign}/occurrences?count=1")["occurrences"][0]
    at = dt.datetime.fromisoformat(coming["occurrence_at"]).astimezone(PARIS)
    page = visit(site, f"/campagnes?vue=calendrier&mois={at:%Y-%m}")

    day = page.get_by_role("listitem").filter(has=page.locator(f"time[datetime='{at:%Y-%m-%d}']"))

    assert at.day == 1
    expect(day.get_by_role("link", name=f"{at:%H:%M} Guadeloupe")).to_be_visible()
    expect(page.get_by_text("Heures affichées : Europe/Paris")).to_be_visible()


def test_documents_of_the_type_before_cannot_be_chosen(
    site: Site, document: str, visit: Visit
) -> None:
    site.document(INVOICE)
    page = visit(site, "/campagnes/nouvelle")
    expect(page.get_by_role("checkbox", name="Équipe Bercy")).to_be_visible()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(re.compile("/v1/documents.*type=invoice"), hold)

    page.get_by_label("Type de document").select_option("Facture")

    expect(page.get_by_role("checkbox", name="Équipe Bercy")).to_have_count(0)
    waiting[0].continue_()
    expect(page.get_by_role("checkbox", name="Facture F-142")).to_be_visible()
