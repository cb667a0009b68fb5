"""Lists: dense rows, filters that move nothing, periods, totals, and what cards keep."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.site import INVOICE, ORDER, STAFF, Site

MOST_PIXELS = 44
LONG = "Remise en état complète du chantier de la tour Montparnasse, lot n° 12, " * 2
BOUNCE = "bounce@simulator.amazonses.com"
BODY_ROWS = "[...document.querySelectorAll('tbody tr')].map(row => row.getBoundingClientRect())"


@pytest.fixture(scope="module")
def listed(site: Site) -> str:
    """Names, subjects and addresses longer than their columns; the id of a campaign."""
    staff = site.document(STAFF, name=LONG[:140])
    order = site.document(ORDER)
    site.document(INVOICE, client={"name": LONG[:120]})
    campaign = site.campaign(
        staff,
        name=LONG[:100],
        recipients=f"{'tres-long-nom-de-personne' * 2}@dupont.example, {BOUNCE}",
        recurrence={"kind": "monthly", "day": 31, "time": "08:00"},
    )
    site.call("POST", f"/v1/campaigns/{campaign}/run")
    site.send(order, "commandes@leroy.example", LONG[:200])
    site.send(order, "commandes@leroy.example", "Court")
    site.advance("PT1S")
    return campaign


@pytest.mark.parametrize("path", ["/campagnes", "/historique", "/documents"])
def test_no_row_is_higher_than_44_pixels_whatever_is_in_it(
    site: Site, listed: str, visit: Visit, path: str
) -> None:
    page = visit(site, path)
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()

    heights = page.evaluate(f"{BODY_ROWS}.map(({{height}}) => height)")

    assert heights
    assert max(heights) <= MOST_PIXELS
    assert page.evaluate("document.documentElement.scrollWidth") == 1280


def _place(page: Page) -> object:
    """Where the table and its columns stand."""
    return page.evaluate(
        """[...document.querySelectorAll("table, th")].map((one) => {
            const {x, y, width} = one.getBoundingClientRect();
            return [x, y, width];
        })"""
    )


@pytest.mark.parametrize(
    ("path", "choice"), [("/historique", "Bons de commande"), ("/documents", "Bons de commande")]
)
def test_filters_that_are_set_and_cleared_move_nothing(
    site: Site, listed: str, visit: Visit, path: str, choice: str
) -> None:
    page = visit(site, path)
    rows = page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    count, before = rows.count(), _place(page)

    page.get_by_role("radiogroup", name="Type de document").get_by_text(choice).click()
    expect(rows).not_to_have_count(count)
    narrowed = _place(page)
    page.get_by_role("button", name="Effacer les filtres").click()
    expect(rows).to_have_count(count)

    assert narrowed == before
    assert _place(page) == before
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_every_filter_has_a_name_that_is_seen(site: Site, listed: str, visit: Visit) -> None:
    page = visit(site, "/historique")

    for name in (
        "Rechercher par sujet, nom ou numéro",
        "Période",
        "Envoyés à partir du",
        "Envoyés jusqu’au",
        "Type de document",
        "Statut",
    ):
        label = page.get_by_role("main").get_by_text(name, exact=True).first
        expect(label).to_be_visible()
        assert label.evaluate("(one) => one.closest('.visually-hidden')") is None


def test_a_usual_period_sets_both_days_and_is_recognised(
    site: Site, listed: str, visit: Visit
) -> None:
    now = dt.datetime.fromisoformat(site.call("GET", "/local/clock")["now"])
    this_month = now.astimezone(ZoneInfo("Europe/Paris")).date().replace(day=1)
    last_day = this_month - dt.timedelta(days=1)
    page = visit(site, "/historique")
    period, rows = page.get_by_label("Période"), page.locator("tbody tr")
    expect(rows.first).to_be_visible()
    count = rows.count()

    period.select_option("Le mois dernier")
    expect(page.get_by_text("Aucun envoi ne correspond")).to_be_visible()
    expect(page.get_by_label("Envoyés à partir du")).to_have_value(
        f"{last_day.replace(day=1):%d/%m/%Y}"
    )
    expect(page.get_by_label("Envoyés jusqu’au")).to_have_value(f"{last_day:%d/%m/%Y}")
    period.select_option("Ce mois-ci")
    expect(rows).to_have_count(count)
    page.get_by_label("Envoyés jusqu’au").fill("")
    page.keyboard.press("Enter")

    expect(period.locator("option:checked")).to_have_text("Dates choisies")
    period.select_option("Toutes les dates")
    expect(page.get_by_label("Envoyés à partir du")).to_have_value("")


def test_how_many_there_are_is_said_where_it_is_known(
    site: Site, listed: str, visit: Visit
) -> None:
    page = visit(site, "/historique")
    expect(page.get_by_text("3 envois", exact=True)).to_be_visible()

    page.goto("/documents")
    expect(page.get_by_text("3 documents", exact=True)).to_be_visible()

    page.goto("/campagnes")
    expect(page.get_by_text("1 campagne", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 1024, 1280])
def test_a_campaign_shows_its_document_and_its_last_send_at_every_width(
    site: Site, listed: str, visit: Visit, width: int
) -> None:
    page = visit(site, "/campagnes", width=width)
    campaigns = page.get_by_role("main")

    expect(campaigns.get_by_text("Dernier envoi")).to_be_visible()
    expect(campaigns.get_by_role("link", name="Erreur (1 sur 2)")).to_be_visible()
    campaigns.get_by_role("link", name=re.compile("^Remise en état")).nth(1).click()

    expect(page).to_have_url(re.compile("/documents/"))


def test_the_typeface_comes_with_the_page_and_only_for_the_letters_there_are(
    site: Site, listed: str, visit: Visit
) -> None:
    fetched: list[str] = []
    page = visit(
        site,
        "/campagnes",
        prepare=lambda context: context.on("request", lambda asked: fetched.append(asked.url)),
    )
    expect(page.get_by_role("heading", name="Campagnes")).to_be_visible()

    loaded = page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check(\"16px 'Figtree Variable'\"))"
    )
    assert loaded is True
    assert [url.rpartition("/")[2][:20] for url in fetched if ".woff2" in url] == [
        "figtree-latin-wght-n"
    ]
