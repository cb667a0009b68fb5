"""Recurrences over HTTP: what is accepted, answered, listed, said back and refused."""

from typing import Any

import pytest

from facteur.domain.identity import CampaignId
from tests.functions.calling import ORGANIZATION, Api
from tests.functions.test_campaigns import a_campaign, created, put

WEEKLY = {"kind": "weekly", "weekdays": [4, 1], "every": 2, "time": "08:00"}
TWICE_A_MONTH = {"kind": "monthly", "days": [1, 16], "every": 3, "time": "08:00"}
LAST_WORKING_DAY = {
    "kind": "monthly",
    "ordinal": "last",
    "weekday": "working_day",
    "time": "08:00",
}
AT_EIGHT = {"time": "08:00"}


def occurrences_of(api: Api, recurrence: dict[str, Any], *, language: str = "fr") -> Any:
    answer = api(
        "POST", "/v1/campaigns/occurrences", {"recurrence": recurrence}, accept_language=language
    )
    assert answer.status == 200, answer.text
    return answer.json


def problems_with(api: Api, **fields: object) -> set[tuple[str, str]]:
    answer = api("POST", "/v1/campaigns", a_campaign(api, **fields))
    assert answer.status == 422, answer.text
    return {(one["field"], one["code"]) for one in answer.json["errors"]}


@pytest.mark.feature("B27", "B28", "B29")
@pytest.mark.parametrize(
    ("recurrence", "answered"),
    [
        (WEEKLY, {"weekdays": [1, 4], "weekday": None, "every": 2, "starts_on": "2026-11-24"}),
        ({"kind": "weekly", "weekday": 1, **AT_EIGHT}, {"weekdays": [1], "weekday": 1, "every": 1}),
        ({"kind": "weekly", "weekdays": [1, 1], **AT_EIGHT}, {"weekdays": [1], "weekday": 1}),
        (TWICE_A_MONTH, {"days": [1, 16], "day": None, "ordinal": None, "off_days": "keep"}),
        ({"kind": "monthly", "day": 31, **AT_EIGHT}, {"days": [31], "day": 31, "starts_on": None}),
        (LAST_WORKING_DAY, {"ordinal": "last", "weekday": "working_day", "days": None}),
    ],
)
def test_a_recurrence_is_answered_with_the_list_and_taken_back_as_it_was_answered(
    api: Api, recurrence: dict[str, Any], answered: dict[str, Any]
) -> None:
    campaign = created(api, recurrence=recurrence)

    again = put(api, campaign, subject="Autre")

    assert answered.items() <= campaign["recurrence"].items()
    assert again.status == 200, again.text
    assert again.json["recurrence"] == campaign["recurrence"]
    assert again.json["next_run_at"] == campaign["next_run_at"]


@pytest.mark.feature("B27")
def test_a_body_without_the_start_of_its_interval_keeps_the_one_stored(api: Api) -> None:
    campaign = created(api, recurrence=WEEKLY)
    api.clock.at = api.clock.at.replace(day=25)

    again = put(api, campaign, recurrence=WEEKLY | {"time": "09:00"})

    assert again.json["recurrence"]["starts_on"] == "2026-11-24"


@pytest.mark.feature("B31")
def test_an_end_after_some_sends_is_answered_with_what_remains(api: Api) -> None:
    rule = LAST_WORKING_DAY | {"ends": {"after": 2}}

    campaign = created(api, recurrence=rule)

    assert campaign["remaining"] == 2
    assert campaign["recurrence"]["ends"] == {"on": None, "after": 2}
    assert campaign["recurrence_text"] == (
        "Chaque mois, le dernier jour ouvré, à 08:00, heure de Paris, 2 envois en tout"
    )
    listed = api("GET", f"/v1/campaigns/{campaign['id']}/occurrences").json
    assert [one["notes"] for one in listed["occurrences"]] == [[], ["last"]]
    assert listed["recurrence_text"] == campaign["recurrence_text"]
    stored = api.store.of(ORGANIZATION).campaigns[CampaignId(campaign["id"])]
    assert stored.campaign.remaining == 2


@pytest.mark.feature("B30")
@pytest.mark.parametrize(("language", "holiday"), [("fr", "Toussaint"), ("en", "All Saints' Day")])
def test_an_occurrence_says_for_which_holiday_it_is_shifted(
    api: Api, language: str, holiday: str
) -> None:
    api.clock.at = api.clock.at.replace(year=2027, month=10, day=20)
    rule = {"kind": "monthly", "day": 1, "off_days": "after", **AT_EIGHT}

    listed = occurrences_of(api, rule, language=language)

    assert listed["occurrences"][0] == {
        "occurrence_at": "2027-11-02T07:00:00.000Z",
        "local": "2027-11-02T08:00",
        "nominal": "2027-11-01T08:00",
        "document_date": None,
        "notes": ["shifted"],
        "holiday": holiday,
    }


@pytest.mark.feature("B30")
def test_occurrences_that_are_one_send_are_listed_as_merged_and_stand_once_in_the_calendar(
    api: Api,
) -> None:
    rule = {"kind": "weekly", "weekdays": [6, 7], "off_days": "after", **AT_EIGHT}
    created(api, recurrence=rule)

    listed = occurrences_of(api, rule)["occurrences"][:3]
    calendar = api("GET", "/v1/upcoming", query={"from": "2026-11-28", "to": "2026-12-25"}).json

    assert [one["notes"] for one in listed] == [["shifted"], ["shifted", "merged"], ["shifted"]]
    assert [one["local"] for one in calendar["items"]] == [
        f"2026-{day}T08:00" for day in ("11-30", "12-07", "12-14", "12-21")
    ]
    assert calendar["holidays"] == [{"date": "2026-12-25", "name": "Noël"}]


@pytest.mark.feature("B27", "B28", "B29", "B30", "B31")
@pytest.mark.parametrize(
    ("recurrence", "french", "english"),
    [
        (
            WEEKLY | {"starts_on": "2026-12-01"},
            (
                "Toutes les 2 semaines, le lundi et le jeudi, à 08:00, heure de Paris, à partir du"
                " 01/12/2026"
            ),
            "Every 2 weeks, on Monday and Thursday, at 08:00, Paris time, from 01/12/2026",
        ),
        (
            LAST_WORKING_DAY | {"every": 3, "ends": {"on": "2027-06-30"}},
            "Tous les 3 mois, le dernier jour ouvré, à 08:00, heure de Paris, jusqu’au 30/06/2027",
            "Every 3 months, on the last working day, at 08:00, Paris time, until 30/06/2027",
        ),
        (
            {"kind": "monthly", "days": [1, 16, 31], "off_days": "before", **AT_EIGHT},
            (
                "Chaque mois, le 1er, le 16 et le dernier jour du mois, à 08:00, heure de Paris, le"
                " jour ouvré précédent si c’est un week-end ou un jour férié"
            ),
            (
                "Every month, on the 1st and 16th and on the last day of the month, at 08:00, Paris"
                " time, on the working day before if that is a weekend or a public holiday"
            ),
        ),
        (
            {"kind": "monthly", "day": 30, "every": 12, "starts_on": "2026-03-01", **AT_EIGHT},
            "Chaque année en mars, le 30 (ou le dernier jour du mois), à 08:00, heure de Paris",
            "Every year in March, on the 30th (or the last day of the month), at 08:00, Paris time",
        ),
        (
            {"kind": "monthly", "ordinal": "second", "weekday": 2, **AT_EIGHT},
            "Chaque mois, le deuxième mardi, à 08:00, heure de Paris",
            "Every month, on the second Tuesday, at 08:00, Paris time",
        ),
        (
            {"kind": "once", "at": "2026-12-24T18:30"},
            "Une fois, le 24/12/2026, à 18:30, heure de Paris",
            "Once, on 24/12/2026, at 18:30, Paris time",
        ),
    ],
)
def test_a_recurrence_is_said_back_in_a_sentence(
    api: Api, recurrence: dict[str, Any], french: str, english: str
) -> None:
    in_french = occurrences_of(api, recurrence, language="fr")
    in_english = occurrences_of(api, recurrence, language="en")

    assert in_french["recurrence_text"] == french
    assert in_english["recurrence_text"] == english


@pytest.mark.feature("B32")
def test_the_first_list_carries_the_date_chosen_at_creation(api: Api) -> None:
    body = a_campaign(api, auto_increment_date=True, first_document_date="2026-12-05")

    preview = api("POST", "/v1/preview", body).json
    campaign = api("POST", "/v1/campaigns", body, idempotency_key="k").json
    again = api("POST", "/v1/campaigns", body, idempotency_key="k").json

    dates = [one["document_date"] for one in preview["occurrences"]]
    assert dates[:3] == ["2026-12-05", "2027-01-05", "2027-02-05"]
    assert preview["recurrence_text"] == campaign["recurrence_text"]
    assert campaign["next_document_date"] == "2026-12-05"
    assert again == campaign


@pytest.mark.feature("B21")
@pytest.mark.parametrize(
    ("recurrence", "wrong"),
    [
        ({"kind": "weekly", **AT_EIGHT}, ("recurrence.weekday", "required")),
        ({"kind": "monthly", **AT_EIGHT}, ("recurrence.day", "required")),
        (WEEKLY | {"weekday": 2}, ("recurrence.weekday", "differs_from_list")),
        (TWICE_A_MONTH | {"day": 3}, ("recurrence.day", "differs_from_list")),
        (WEEKLY | {"weekdays": []}, ("recurrence.weekdays", "too_few")),
        (WEEKLY | {"every": 53}, ("recurrence.every", "out_of_range")),
        (TWICE_A_MONTH | {"every": 25}, ("recurrence.every", "out_of_range")),
        (LAST_WORKING_DAY | {"day": 3}, ("recurrence.day", "days_or_ordinal")),
        (LAST_WORKING_DAY | {"weekday": None}, ("recurrence.weekday", "required")),
        (TWICE_A_MONTH | {"weekday": 1}, ("recurrence.weekday", "weekday_needs_ordinal")),
        (WEEKLY | {"ends": {}}, ("recurrence.ends", "ends_ambiguous")),
        (
            WEEKLY | {"ends": {"on": "2027-01-01", "after": 3}},
            ("recurrence.ends", "ends_ambiguous"),
        ),
        (WEEKLY | {"ends": {"after": 0}}, ("recurrence.ends.after", "out_of_range")),
        (
            WEEKLY | {"starts_on": "2027-02-01", "ends": {"on": "2027-01-01"}},
            ("recurrence.ends.on", "ends_before_start"),
        ),
        (WEEKLY | {"ends": {"on": "2026-11-24"}}, ("recurrence.ends.on", "ends_before_next")),
        (WEEKLY | {"off_days": "skip"}, ("recurrence.off_days", "not_allowed")),
    ],
)
def test_a_rule_that_says_nothing_or_two_things_is_refused_by_field(
    api: Api, recurrence: dict[str, Any], wrong: tuple[str, str]
) -> None:
    assert problems_with(api, recurrence=recurrence) == {wrong}
    unsaved = api("POST", "/v1/campaigns/occurrences", {"recurrence": recurrence})
    assert {(one["field"], one["code"]) for one in unsaved.json["errors"]} == {wrong}


def test_a_first_date_needs_dates_that_move(api: Api) -> None:
    wrong = problems_with(api, first_document_date="2026-12-05")

    assert wrong == {("first_document_date", "increment_needed")}


@pytest.mark.feature("B31")
def test_a_campaign_whose_end_has_passed_can_still_be_edited(api: Api) -> None:
    rule = WEEKLY | {"ends": {"on": "2026-12-31"}}
    campaign = created(api, recurrence=rule)
    api.clock.at = api.clock.at.replace(year=2027, month=2)

    renamed = put(api, campaign, name="Autre nom")

    assert renamed.status == 200, renamed.text


@pytest.mark.feature("B30")
def test_country_and_region_are_settings_of_the_organization(api: Api) -> None:
    rule = {"kind": "monthly", "day": 26, "off_days": "after", **AT_EIGHT}
    api.clock.at = api.clock.at.replace(year=2028, month=12)
    campaign = created(api, recurrence=rule)
    settings = api("GET", "/v1/settings").json

    saved = api("PUT", "/v1/settings", settings | {"region": "6AE"})

    assert (settings["country"], settings["region"]) == ("FR", None)
    assert (saved.json["country"], saved.json["region"]) == ("FR", "6AE")
    listed = api("GET", f"/v1/campaigns/{campaign['id']}/occurrences").json["occurrences"]
    christmas = next(one for one in listed if one["nominal"].startswith("2028-12-26"))
    assert (christmas["local"], christmas["holiday"]) == ("2028-12-27T08:00", "Saint-Étienne")


@pytest.mark.feature("B30")
def test_another_country_moves_what_is_stored(api: Api) -> None:
    rule = {"kind": "monthly", "day": 26, "off_days": "after", **AT_EIGHT}
    api.clock.at = api.clock.at.replace(month=11, day=27)
    campaign = created(api, recurrence=rule)
    settings = api("GET", "/v1/settings").json

    api("PUT", "/v1/settings", settings | {"country": "GB", "region": None})

    stored = api.store.of(ORGANIZATION).campaigns[CampaignId(campaign["id"])].campaign
    # 26 December 2026 is a Saturday; Boxing Day is made up for on Monday in the United Kingdom.
    assert campaign["next_run_at"] == "2026-12-28T07:00:00.000Z"
    assert stored.next_run is not None
    assert stored.next_run.at.isoformat() == "2026-12-29T07:00:00+00:00"


def test_a_body_of_settings_without_country_keeps_it(api: Api) -> None:
    settings = api("GET", "/v1/settings").json
    saved = api("PUT", "/v1/settings", settings | {"country": "DE", "region": "BY"}).json
    old = {name: saved[name] for name in saved if name not in ("country", "region")}

    again = api("PUT", "/v1/settings", old)

    assert (again.json["country"], again.json["region"]) == ("DE", "BY")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"country": "XX"}, ("country", "country_unknown")),
        ({"country": "France"}, ("country", "country_unknown")),
        ({"region": "Zone A"}, ("region", "region_unknown")),
        ({"country": "", "region": "57"}, ("region", "region_unknown")),
    ],
)
def test_a_country_without_known_holidays_is_refused(
    api: Api, change: dict[str, str], wrong: tuple[str, str]
) -> None:
    settings = api("GET", "/v1/settings").json

    answer = api("PUT", "/v1/settings", settings | change)

    assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [wrong]
