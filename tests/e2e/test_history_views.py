"""Views of the history: between dates, in the organization's time zone, with new failures."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, ORDER, STAFF, Site

BOUNCE = "bounce@simulator.amazonses.com"
PARIS = ZoneInfo("Europe/Paris")
FAILURES = re.compile("en erreur depuis votre dernière visite")


@pytest.fixture(scope="module")
def days(site: Site) -> list[dt.date]:
    """The days, in Paris, of two sends a week apart: «Première», then «Seconde»."""
    order = site.document(ORDER)
    ids = []
    for subject in ("Première", "Seconde"):
        ids.append(site.send(order, "commandes@leroy.example", subject))
        site.advance("P7D")
    sends = [site.call("GET", f"/v1/sends/{send}") for send in ids]
    return [dt.datetime.fromisoformat(send["sent_at"]).astimezone(PARIS).date() for send in sends]


def _rows(page: Page) -> Any:
    return page.get_by_role("table", name="Historique").locator("tbody tr")


def _now(site: Site) -> dt.datetime:
    return dt.datetime.fromisoformat(site.call("GET", "/local/clock")["now"])


def _french(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


@pytest.mark.feature("S81")
def test_dates_narrow_the_history_until_the_filters_are_cleared(
    site: Site, days: list[dt.date], visit: Visit
) -> None:
    first, second = days
    page = visit(site, "/historique")
    since = page.get_by_role("textbox", name="Envoyés à partir du")
    until = page.get_by_role("textbox", name="Envoyés jusqu’au")
    expect(_rows(page)).to_have_count(2)

    since.fill(_french(second))
    since.press("Enter")
    expect(_rows(page)).to_have_count(1)
    expect(_rows(page)).to_contain_text("Seconde")
    # The calendar of the field is open still, above the button.
    page.get_by_role("heading", name="Historique", level=1).click()
    page.get_by_role("button", name="Effacer les filtres").click()
    expect(_rows(page)).to_have_count(2)
    expect(since).to_have_value("")
    until.fill(_french(first))
    page.get_by_role("heading", name="Historique", level=1).click()

    expect(_rows(page)).to_have_count(1)
    expect(_rows(page)).to_contain_text("Première")
    assert page.url.endswith(f"?au={first}")


def test_a_date_that_is_typed_counts_once_it_is_whole(
    site: Site, days: list[dt.date], visit: Visit
) -> None:
    _, second = days
    page = visit(site, "/historique")
    expect(_rows(page)).to_have_count(2)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))

    # «30/11/20» is a day of 2020 on the way to one of 2026.
    page.get_by_role("textbox", name="Envoyés à partir du").press_sequentially(_french(second))
    page.keyboard.press("Enter")
    expect(_rows(page)).to_have_count(1)

    assert {url.partition("from=")[2][:10] for url in requested if "from=" in url} == {str(second)}
    page.go_back()
    expect(_rows(page)).to_have_count(2)


def test_a_date_that_is_picked_counts_at_once(
    site: Site, days: list[dt.date], visit: Visit
) -> None:
    first, _ = days
    page = visit(site, f"/historique?au={first}")
    expect(_rows(page)).to_have_count(1)

    page.get_by_role("textbox", name="Envoyés jusqu’au").click()
    page.locator("[data-dates-dropdown] button[data-selected]").click()

    expect(_rows(page)).to_have_count(2)


@pytest.mark.feature("S75")
def test_times_are_those_of_the_organization(site: Site, visit: Visit) -> None:
    person = "direction@ailleurs.example"
    site.sign_in(person)
    settings = site.call("GET", "/v1/settings")
    site.call("PUT", "/v1/settings", settings | {"timezone": "America/Guadeloupe"})
    # After midnight in Paris, it is still the day before there.
    night = _now(site).replace(hour=1) + dt.timedelta(days=1)
    site.call("POST", "/local/clock", {"to": night.isoformat()})
    send = site.send(site.document(INVOICE), "compta@dupont.example", "Vue d’ailleurs")
    site.advance("PT1S")
    sent_at = dt.datetime.fromisoformat(site.call("GET", f"/v1/sends/{send}")["sent_at"])
    there = sent_at.astimezone(ZoneInfo("America/Guadeloupe"))
    page = visit(site, "/historique", person=person)

    expect(page.get_by_text("Heures affichées : America/Guadeloupe")).to_be_visible()
    expect(_rows(page)).to_contain_text(f"{there:%d/%m/%Y %H:%M}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Exporter en CSV").click()

    name = f"historique-{_now(site).astimezone(there.tzinfo):%Y-%m-%d}.csv"
    assert download.value.suggested_filename == name


def test_a_failure_is_reported_even_when_it_comes_after_a_later_send_s(
    site: Site, visit: Visit
) -> None:
    person = "retard@ailleurs.example"
    site.sign_in(person)
    document = site.document(STAFF)
    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 1000})
    site.send(document, BOUNCE, "Retardé")
    withdrawn = site.document(STAFF, name="Retirée")
    soon = _now(site).astimezone(PARIS) + dt.timedelta(minutes=2)
    site.campaign(withdrawn, recurrence={"kind": "once", "at": f"{soon:%Y-%m-%dT%H:%M}"})
    site.call("POST", f"/v1/documents/{withdrawn}/unpublish")
    site.advance("PT5M")
    page = visit(site, "/historique", person=person)
    expect(_rows(page).filter(has_text="Liste -")).to_contain_text("Erreur", timeout=30_000)
    expect(_rows(page).filter(has_text="Retardé")).to_contain_text("En attente")
    page.get_by_role("link", name="Campagnes").click()
    expect(page.get_by_role("heading", name="Campagnes", level=1)).to_be_visible()
    expect(page.get_by_text(FAILURES)).to_have_count(0)

    site.call("POST", "/local/faults", {"service": "ses", "fault": "throttle", "count": 0})
    site.advance("PT30M")
    page.reload()

    expect(page.get_by_text("1 envoi en erreur depuis votre dernière visite")).to_be_visible()


def test_only_failures_that_were_listed_count_as_read(site: Site, visit: Visit) -> None:
    person = "filtre@ailleurs.example"
    site.sign_in(person)
    document = site.document(STAFF)
    site.send(document, BOUNCE, "Ailleurs")
    campaign = site.campaign(document, recipients=BOUNCE, recurrence={"kind": "none"})
    site.advance("PT1S")
    page = visit(site, "/campagnes", person=person)
    expect(page.get_by_text("2 envois en erreur")).to_be_visible()

    page.goto(f"/historique?campagne={campaign}")
    expect(_rows(page)).to_have_count(1)

    expect(page.get_by_text("1 envoi en erreur")).to_be_visible()
