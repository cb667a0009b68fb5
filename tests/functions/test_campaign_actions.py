"""What people do with campaigns over HTTP, and what is to come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from facteur.domain.campaign import Campaign
from facteur.domain.campaign_transitions import advanced
from facteur.domain.errors import UnavailableError
from facteur.domain.identity import CampaignId, DocumentId
from facteur.ports import DueMessage
from tests.fakes import FakeDueQueue
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_campaigns import MONDAYS, MONTHLY, a_campaign, created, put, schedule_of

MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


def step(api: Api, campaign: dict[str, Any], name: str, key: str | None = None) -> Any:
    path = f"/v1/campaigns/{campaign['id']}/{name}"
    return api("POST", path, idempotency_key=key) if key else api("POST", path)


def stored(api: Api, campaign: dict[str, Any]) -> Campaign:
    return api.store.of(ORGANIZATION).campaigns[CampaignId(campaign["id"])].campaign


@pytest.mark.feature("S53", "S54", "S55")
def test_pausing_stops_the_schedule_and_resuming_starts_it_again(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)

    paused = step(api, campaign, "pause")
    stopped = schedule_of(api, campaign)
    api.clock.advance(timedelta(days=10))
    resumed = step(api, campaign, "resume")

    assert (paused.status, paused.json["status"], paused.json["next_run_at"]) == (
        200,
        "paused",
        None,
    )
    assert not stopped.active
    assert resumed.json["status"] == "active"
    assert resumed.json["next_run_at"] == "2026-12-07T07:00:00.000Z"
    assert schedule_of(api, campaign).active
    assert resumed.json["version"] == campaign["version"]


def test_pausing_and_resuming_twice_change_nothing_more(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)

    paused = [step(api, campaign, "pause").json for _ in range(2)]
    resumed = [step(api, campaign, "resume").json for _ in range(2)]

    assert paused[0]["status"] == paused[1]["status"] == "paused"
    assert resumed[0] == resumed[1]


def test_resuming_a_campaign_whose_occurrence_is_being_made_does_not_lose_it(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)
    api.clock.at = MONDAY

    resumed = step(api, campaign, "resume")

    assert resumed.json["next_run_at"] == "2026-11-30T07:00:00.000Z"


def test_pausing_in_the_very_minute_of_an_occurrence_records_it_as_skipped(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)
    api.clock.at = MONDAY + timedelta(seconds=20)

    paused = step(api, campaign, "pause")

    assert paused.json["skipped"] == ["2026-11-30T07:00:00.000Z"]
    assert paused.json["next_run_at"] is None


def test_resuming_a_once_whose_time_has_passed_asks_for_a_new_date(api: Api) -> None:
    campaign = created(api, recurrence={"kind": "once", "at": "2026-11-25T08:00"})
    step(api, campaign, "pause")
    api.clock.advance(timedelta(days=3))

    refused = step(api, campaign, "resume")
    put(api, campaign, recurrence={"kind": "once", "at": "2026-12-25T08:00"})
    resumed = step(api, campaign, "resume")

    assert (refused.status, refused.json["code"]) == (409, "once_has_passed")
    assert resumed.json["next_run_at"] == "2026-12-25T07:00:00.000Z"


@pytest.mark.feature("B11")
def test_the_next_occurrence_is_skipped_and_put_back(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)

    skipped = step(api, campaign, "skip")
    twice = step(api, campaign, "skip")
    back = step(api, campaign, "unskip")
    again = step(api, campaign, "unskip")
    nothing = step(api, campaign, "unskip")

    assert skipped.json["next_run_at"] == "2026-12-07T07:00:00.000Z"
    assert skipped.json["skipped"] == ["2026-11-30T07:00:00.000Z"]
    assert twice.json["next_run_at"] == "2026-12-14T07:00:00.000Z"
    assert back.json["next_run_at"] == "2026-12-07T07:00:00.000Z"
    assert (again.json["next_run_at"], again.json["skipped"]) == ("2026-11-30T07:00:00.000Z", [])
    assert (nothing.status, nothing.json["code"]) == (409, "nothing_skipped")
    assert schedule_of(api, campaign).active


@pytest.mark.feature("B11")
def test_a_skipped_occurrence_can_be_put_back_until_its_time_only(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)
    step(api, campaign, "skip")
    api.clock.at = MONDAY

    late = step(api, campaign, "unskip")

    assert (late.status, late.json["code"]) == (409, "nothing_skipped")


def test_an_occurrence_that_is_being_made_can_neither_be_skipped_nor_moved(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)
    api.clock.at = MONDAY

    skip = step(api, campaign, "skip")
    move = put(api, campaign, recurrence=MONTHLY)
    zone = put(api, campaign, timezone="Asia/Tokyo")
    subject = put(api, campaign, subject="Autre")

    assert {answer.json.get("code") for answer in (skip, move, zone)} == {"occurrence_in_progress"}
    assert {answer.status for answer in (skip, move, zone)} == {409}
    assert subject.status == 200
    assert subject.json["next_run_at"] == "2026-11-30T07:00:00.000Z"


@pytest.mark.parametrize(
    ("kind", "refused"),
    [({"kind": "none"}, ("skip", "pause", "resume", "unskip")), (MONDAYS, ("unskip",))],
)
def test_a_step_out_of_place_is_refused(api: Api, kind: object, refused: tuple[str, ...]) -> None:
    campaign = created(api, recurrence=kind)
    data = api.store.of(ORGANIZATION).campaigns
    known = data[CampaignId(campaign["id"])]
    if known.campaign.next_run_at is not None and kind == {"kind": "none"}:
        done = advanced(known.campaign)
        data[CampaignId(campaign["id"])] = replace(known, campaign=done)

    answers = [step(api, campaign, name) for name in refused]

    assert {answer.status for answer in answers} == {409}


@pytest.mark.feature("B11")
def test_run_now_asks_for_a_run_beside_the_calendar(api: Api) -> None:
    campaign = created(api, recurrence=MONDAYS)

    answer = step(api, campaign, "run")

    (message,) = api.due.messages
    assert answer.status == 202
    assert answer.json == campaign
    assert (message.campaign, message.is_test) == (campaign["id"], False)
    assert message.extra


@pytest.mark.feature("B10")
def test_a_test_is_asked_for_the_same_way(api: Api) -> None:
    campaign = created(api, status="paused")

    answer = step(api, campaign, "test")

    (message,) = api.due.messages
    assert answer.status == 202
    assert message.is_test


@pytest.mark.feature("B15", "B11")
def test_run_now_repeated_with_the_same_key_is_one_run(api: Api) -> None:
    campaign, other = created(api, name="A"), created(api, name="B")

    answers = [step(api, campaign, "run", key="k") for _ in range(2)]
    elsewhere = step(api, other, "run", key="k")
    without = [step(api, campaign, "run") for _ in range(2)]

    assert {answer.status for answer in answers + without} == {202}
    assert answers[0].json == answers[1].json
    assert elsewhere.problems == {("Idempotency-Key", "idempotency_key_reused")}
    assert len({message.extra for message in api.due.messages[:2]}) == 1
    assert len({message.extra for message in api.due.messages}) == 3


@pytest.mark.feature("B21")
def test_run_now_says_at_once_that_a_document_is_not_ready(api: Api) -> None:
    document = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document])
    api("POST", f"/v1/documents/{document}/unpublish")

    draft = step(api, campaign, "run")
    api.store.of(ORGANIZATION).documents.clear()
    gone = step(api, campaign, "run")

    assert (draft.status, draft.json["code"]) == (409, "document_not_published")
    assert (gone.status, gone.json["code"]) == (409, "document_unavailable")
    assert not api.due.messages


def test_run_now_without_its_queue_says_that_nothing_was_done(api: Api) -> None:
    class Down(FakeDueQueue):
        def put(self, message: DueMessage) -> None:
            raise UnavailableError("queue_unavailable")

    campaign = created(api)
    api.due = Down()
    again = api.as_user()

    answer = step(again, campaign, "run")

    assert (answer.status, answer.json["code"]) == (503, "queue_unavailable")
    assert answer.headers["retry-after"]


@pytest.mark.feature("B4", "B8", "S41")
def test_the_next_twelve_occurrences_are_listed_with_the_date_of_each_list(api: Api) -> None:
    campaign = created(
        api, recurrence=MONTHLY | {"time": "02:30"}, auto_increment_date=True, timezone="UTC"
    )
    step(api, campaign, "skip")

    answer = api("GET", f"/v1/campaigns/{campaign['id']}/occurrences")

    occurrences = answer.json["occurrences"]
    assert len(occurrences) == 12
    assert occurrences[0] == {
        "occurrence_at": "2026-11-30T02:30:00.000Z",
        "local": "2026-11-30T02:30",
        "nominal": "2026-11-30T02:30",
        "document_date": "2026-11-01",
        "notes": ["last_day_of_month", "skipped"],
        "holiday": None,
    }
    assert occurrences[1]["document_date"] == "2026-12-01"
    assert occurrences[3]["local"] == "2027-02-28T02:30"


@pytest.mark.feature("B4")
def test_a_clock_change_is_noted(api: Api) -> None:
    campaign = created(api, recurrence={"kind": "weekly", "weekday": 7, "time": "02:30"})

    answer = api("GET", f"/v1/campaigns/{campaign['id']}/occurrences", query={"count": "20"})

    (change,) = [one for one in answer.json["occurrences"] if "clock_change" in one["notes"]]
    assert change["local"] == "2027-03-28T02:30"
    assert change["occurrence_at"] == "2027-03-28T01:30:00.000Z"


@pytest.mark.feature("B8")
def test_occurrences_are_listed_before_a_campaign_is_saved_or_has_a_document(api: Api) -> None:
    saved = created(api, recurrence=MONTHLY, timezone="Europe/Paris")

    unsaved = api("POST", "/v1/campaigns/occurrences", {"recurrence": MONTHLY})
    none = api("POST", "/v1/campaigns/occurrences", {"recurrence": {"kind": "none"}})

    kept = api("GET", f"/v1/campaigns/{saved['id']}/occurrences").json["occurrences"]
    assert unsaved.json["occurrences"] == [one | {"document_date": None} for one in kept]
    assert len(unsaved.json["occurrences"]) == 12
    assert (none.status, none.json["occurrences"]) == (200, [])


@pytest.mark.parametrize(
    ("calendar", "problems"),
    [
        ({}, {("recurrence", "required")}),
        (
            {"recurrence": {"kind": "weekly", "weekday": 8, "time": "25:00"}, "timezone": "Paris"},
            {
                ("recurrence.weekday", "out_of_range"),
                ("recurrence.time", "time_invalid"),
                ("timezone", "timezone_unknown"),
            },
        ),
        (
            {"recurrence": {"kind": "once", "at": "2020-01-01T08:00"}},
            {
                ("recurrence.at", "at_has_passed"),
            },
        ),
        ({"recurrence": MONTHLY, "name": "x"}, {("name", "unknown_field")}),
    ],
    ids=["missing", "wrong", "past", "unknown"],
)
def test_a_calendar_that_cannot_be_is_refused_with_every_problem(
    api: Api, calendar: dict[str, Any], problems: set[tuple[str, str]]
) -> None:
    answer = api("POST", "/v1/campaigns/occurrences", calendar)

    assert (answer.status, answer.problems) == (422, problems)


@pytest.mark.parametrize("count", ["0", "61", "x"])
def test_a_number_of_occurrences_out_of_bounds_is_refused(api: Api, count: str) -> None:
    campaign = created(api)

    answer = api("GET", f"/v1/campaigns/{campaign['id']}/occurrences", query={"count": count})

    assert answer.status == 422


@pytest.mark.feature("B13")
def test_the_calendar_shows_what_all_campaigns_will_send(api: Api) -> None:
    weekly = created(api, name="Hebdo", recurrence=MONDAYS)
    monthly = created(api, name="Mensuelle", auto_increment_date=True)
    created(api, name="Pause", status="paused")
    step(api, weekly, "skip")

    answer = api("GET", "/v1/upcoming", query={"from": "2026-11-30", "to": "2026-12-31"})

    assert [(item["name"], item["local"]) for item in answer.json["items"]] == [
        ("Mensuelle", "2026-11-30T08:00"),
        ("Hebdo", "2026-12-07T08:00"),
        ("Hebdo", "2026-12-14T08:00"),
        ("Hebdo", "2026-12-21T08:00"),
        ("Hebdo", "2026-12-28T08:00"),
        ("Mensuelle", "2026-12-31T08:00"),
    ]
    # Monthly on the 31st: November is too short.
    assert [item["notes"] for item in answer.json["items"]] == [["last_day_of_month"]] + [[]] * 5
    assert answer.json["items"][5]["document_date"] == "2026-12-01"
    assert answer.json["items"][5]["campaign_id"] == monthly["id"]


def test_the_calendar_begins_today_and_shows_a_month(api: Api) -> None:
    created(api, recurrence=MONDAYS)

    answer = api("GET", "/v1/upcoming")

    assert len(answer.json["items"]) == 4


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"from": "2026-12-31", "to": "2026-12-01"}, "range_empty"),
        ({"from": "2026-12-01", "to": "2028-12-01"}, "range_too_long"),
    ],
)
def test_a_span_that_cannot_be_shown_is_refused(api: Api, span: dict[str, str], code: str) -> None:
    assert api("GET", "/v1/upcoming", query=span).problems == {("to", code)}


@pytest.mark.feature("S28", "S35", "B8", "B9")
def test_the_preview_of_a_campaign_is_its_next_mail_and_the_occurrences_after(api: Api) -> None:
    body = a_campaign(api, auto_increment_date=True, copy_to_sender=True)
    profile = api("GET", "/v1/profile").json
    api("PUT", "/v1/profile", profile | {"signature": "<p>Claire</p>"})

    answer = api("POST", "/v1/preview", body)

    preview = answer.json
    assert answer.status == 200
    assert preview["subject"] == "Liste - 01/11/2026"
    assert preview["html"].endswith("<p>Claire</p>")
    assert [document["filename"] for document in preview["documents"]] == [
        "Liste de personnel Équipe Bercy 2026-11-01.pdf"
    ]
    assert preview["messages"] == [
        {
            "from": "Claire Durand <claire@atelier-durand.example>",
            "to_header": "Claire Durand <claire@atelier-durand.example>",
            "envelope": [
                "client1@example.com",
                "client2@example.com",
                "claire@atelier-durand.example",
            ],
        }
    ]
    dates = [one["document_date"] for one in preview["occurrences"]]
    assert len(dates) == 12
    assert dates[:3] == ["2026-11-01", "2026-12-01", "2027-01-01"]
    assert preview["warnings"] == []
    assert not api.store.of(ORGANIZATION).campaigns


@pytest.mark.feature("S30", "S31", "S32")
def test_the_preview_has_the_variables_of_all_its_documents(api: Api) -> None:
    invoices = [api.create(INVOICE | {"number": number}, publish=True) for number in ("1", "2")]
    body = a_campaign(
        api,
        document_type="invoice",
        document_ids=invoices,
        subject="{document_number} du {date}",
        body="Voici {document_name}.",
    )

    preview = api("POST", "/v1/preview", body).json

    assert preview["subject"] == "1, 2 du 20/11/2026"
    assert preview["text"] == "Voici Facture 1, Facture 2."


@pytest.mark.feature("S27")
def test_the_preview_of_a_changed_campaign_takes_what_get_answered(api: Api) -> None:
    campaign = created(api, auto_increment_date=True)
    chosen = put(api, campaign, next_document_date="2026-12-15").json
    paul = api.as_user(sub="paul", email="paul@atelier-durand.example", name="Paul")

    preview = paul("POST", "/v1/preview", chosen | {"separate": True}).json

    assert preview["subject"] == "Liste - 15/12/2026"
    assert [(m["to_header"], m["envelope"]) for m in preview["messages"]] == [
        ("client1@example.com", ["client1@example.com"]),
        ("client2@example.com", ["client2@example.com"]),
    ]
    assert preview["messages"][0]["from"] == "Claire Durand <claire@atelier-durand.example>"


def test_the_preview_of_a_single_send_has_no_occurrences(api: Api) -> None:
    preview = api("POST", "/v1/preview", a_campaign(api, recurrence={"kind": "none"})).json

    assert preview["occurrences"] == []


def test_the_preview_warns_of_drafts_and_of_many_blind_recipients(api: Api) -> None:
    draft = api.create(INVOICE)
    body = a_campaign(
        api,
        document_type="invoice",
        document_ids=[draft],
        recipients=[f"client{n}@example.com" for n in range(12)],
    )

    answer = api("POST", "/v1/preview", body)

    codes = [warning["code"] for warning in answer.json["warnings"]]
    assert codes[:2] == ["many_blind_recipients", "document_not_ready"]


@pytest.mark.feature("B21")
def test_the_preview_of_a_campaign_names_the_problems_that_saving_would(api: Api) -> None:
    body = {"name": "", "recurrence": {"kind": "weekly"}, "recipients": "x", "subject": "{x}"}

    preview = api("POST", "/v1/preview", body)
    saved = api("POST", "/v1/campaigns", body)

    assert preview.status == saved.status == 422
    assert preview.problems == saved.problems


def test_the_list_names_the_documents_of_each_campaign_as_long_as_they_exist(api: Api) -> None:
    kept = api.create(STAFF_LIST | {"name": "Équipe Nation", "number": "LP-8"}, publish=True)
    gone = api.create(STAFF_LIST | {"name": "Équipe Bercy"}, publish=True)
    campaign = created(api, document_ids=[gone, kept])
    before = api("GET", "/v1/campaigns").json["items"][0]
    del api.store.of(ORGANIZATION).documents[DocumentId(gone)]

    listed = api("GET", "/v1/campaigns").json["items"][0]
    saved = put(api, listed, document_ids=[kept])

    assert [document["id"] for document in before["documents"]] == [gone, kept]
    assert listed["documents"] == [{"id": kept, "name": "Équipe Nation", "number": "LP-8"}]
    assert listed == campaign | {"documents": listed["documents"]}
    assert (saved.status, saved.json["document_ids"]) == (200, [kept])


def test_a_campaign_shows_its_last_send(api: Api) -> None:
    campaign = created(api)
    send = api.send(api.create(INVOICE))
    data = api.store.of(ORGANIZATION)
    known = data.campaigns[CampaignId(campaign["id"])]
    data.campaigns[known.campaign.id] = replace(
        known, campaign=replace(stored(api, campaign), last_send=send["id"])
    )

    read = api("GET", f"/v1/campaigns/{campaign['id']}").json

    assert read["last_send"] == {
        "id": send["id"],
        "status": "queued",
        "resolution": None,
        "sent_at": None,
        "recipient_count": 1,
        "failed_count": 0,
    }
