"""Campaigns over HTTP: create, read, change, copy, delete."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from facteur.domain.account import Account
from facteur.domain.campaign_transitions import advanced
from facteur.domain.errors import StoreThrottledError, UnavailableError
from facteur.domain.identity import CampaignId, OrgId, SendId
from facteur.domain.send_row import SendRow
from tests.fakes import FakeSchedules, FakeStore
from tests.fakes.sends import FakeSends
from tests.functions.calling import CLAIRE, INVOICE, ORDER, ORGANIZATION, STAFF_LIST, Answer, Api

UNKNOWN = "01KBX3V5TQ8ZJ4M6N2W9RHCE1D"
MONTHLY = {"kind": "monthly", "day": 31, "time": "08:00"}
MONDAYS = {"kind": "weekly", "weekday": 1, "time": "08:00"}


def a_campaign(api: Api, **fields: object) -> dict[str, Any]:
    """The body of a campaign of a published list."""
    body: dict[str, Any] = {
        "name": "Liste mensuelle",
        "document_type": "staff_list",
        "recipients": "client1@example.com, client2@example.com",
        "subject": "Liste - {date}",
        "body": "Bonjour,",
        "recurrence": MONTHLY,
        **fields,
    }
    if "document_ids" not in body:
        body["document_ids"] = [api.create(STAFF_LIST, publish=True)]
    return body


def created(api: Api, **fields: object) -> Any:
    answer = api("POST", "/v1/campaigns", a_campaign(api, **fields))
    assert answer.status == 201, answer.text
    return answer.json


def put(api: Api, campaign: dict[str, Any], **changes: object) -> Answer:
    return api("PUT", f"/v1/campaigns/{campaign['id']}", campaign | changes)


def schedule_of(api: Api, campaign: dict[str, Any]) -> Any:
    return api.schedules.standing.get((ORGANIZATION, CampaignId(campaign["id"])))


@pytest.mark.feature("S18", "S25", "S41", "S42", "S46", "S51", "S57", "S85")
def test_created_campaign_is_active_and_reads_back_as_it_was_written(api: Api) -> None:
    body = a_campaign(api)
    answer = api("POST", "/v1/campaigns", body)

    read = api("GET", f"/v1/campaigns/{answer.json['id']}")

    assert answer.status == 201
    assert read.json == answer.json
    compared = body.keys() - {"recipients", "recurrence"}
    assert {key: read.json[key] for key in compared} == {key: body[key] for key in compared}
    assert body["recurrence"].items() <= read.json["recurrence"].items()
    assert read.json["recipients"] == ["client1@example.com", "client2@example.com"]
    assert read.json["timezone"] == "Europe/Paris"
    assert (read.json["status"], read.json["next_run_at"]) == ("active", "2026-11-30T07:00:00.000Z")
    assert (read.json["copy_to_sender"], read.json["separate"]) == (False, False)
    assert (read.json["last_send"], read.json["pause_reason"]) == (None, None)
    assert read.json["owner"] == CLAIRE.user


@pytest.mark.feature("S19", "S20", "S21")
@pytest.mark.parametrize(
    "content", [STAFF_LIST, INVOICE, ORDER], ids=lambda content: content["type"]
)
def test_a_campaign_sends_the_documents_chosen_of_any_type(
    api: Api, content: dict[str, Any]
) -> None:
    chosen = [api.create(content | {"number": number}, publish=True) for number in ("1", "2")]
    api.create(content | {"number": "3"}, publish=True)

    campaign = created(api, document_type=content["type"], document_ids=chosen)

    assert campaign["document_type"] == content["type"]
    assert campaign["document_ids"] == chosen


@pytest.mark.feature("S39", "S40", "S41", "S42", "S43", "S44", "S45")
@pytest.mark.parametrize(
    ("recurrence", "timezone", "expression", "zone"),
    [
        (MONDAYS, "Europe/Paris", "cron(0 8 ? * MON *)", "Europe/Paris"),
        (MONTHLY, "America/New_York", "cron(0 8 L * ? *)", "America/New_York"),
        (
            {"kind": "once", "at": "2026-12-24T18:30"},
            "Asia/Tokyo",
            "at(2026-12-24T09:30:00)",
            "UTC",
        ),
    ],
)
def test_created_campaign_has_its_schedule(
    api: Api, recurrence: dict[str, object], timezone: str, expression: str, zone: str
) -> None:
    campaign = created(api, recurrence=recurrence, timezone=timezone)

    standing = schedule_of(api, campaign)

    assert standing.active
    assert (standing.native.expression, standing.native.timezone) == (expression, zone)
    assert recurrence.items() <= campaign["recurrence"].items()


@pytest.mark.feature("S52", "S85")
def test_campaign_created_paused_has_a_disabled_schedule(api: Api) -> None:
    campaign = created(api, status="paused")

    assert (campaign["status"], campaign["next_run_at"]) == ("paused", None)
    assert not schedule_of(api, campaign).active


@pytest.mark.feature("S38")
def test_campaign_without_recurrence_comes_due_at_once_without_a_schedule(api: Api) -> None:
    campaign = created(api, recurrence={"kind": "none"})

    (message,) = api.due.messages
    assert message.campaign == campaign["id"]
    assert message.at == api.clock.now()
    assert not api.schedules.standing


@pytest.mark.feature("S29", "S33")
def test_subject_and_body_default_to_the_usual_words(api: Api) -> None:
    body = a_campaign(api)
    del body["subject"], body["body"]

    campaign = api("POST", "/v1/campaigns", body).json

    assert campaign["subject"] == "Liste de personnel - {date}"
    assert campaign["body"] == "Bonjour,\n\nVeuillez trouver ci-joint : {document_name}."


@pytest.mark.feature("B21")
def test_every_problem_is_named_at_once_when_saved(api: Api) -> None:
    body = {
        "name": "",
        "document_type": "staff_list",
        "document_ids": [UNKNOWN, api.create(INVOICE)],
        "recipients": "client1@example.com, nobody, also@bad@example",
        "subject": "{nom} {",
        "body": "{x}",
        "recurrence": {"kind": "weekly", "weekday": 8, "time": "25:00"},
        "timezone": "Europe/Lyon",
        "color": "red",
    }

    answer = api("POST", "/v1/campaigns", body)

    assert answer.status == 422
    assert answer.problems == {
        ("name", "required"),
        ("document_ids", "document_not_found"),
        ("document_ids", "document_of_another_type"),
        ("recipients", "address_invalid"),
        ("subject", "unknown_variable"),
        ("subject", "unbalanced_brace"),
        ("body", "unknown_variable"),
        ("recurrence.weekday", "out_of_range"),
        ("recurrence.time", "time_invalid"),
        ("timezone", "timezone_unknown"),
        ("color", "unknown_field"),
    }
    assert len(answer.json["errors"]) == 12


def test_what_lacks_is_named(api: Api) -> None:
    answer = api("POST", "/v1/campaigns", {})

    assert answer.problems == {
        (field, "required")
        for field in ("name", "document_type", "document_ids", "recipients", "recurrence")
    }


@pytest.mark.feature("B21", "S43", "S47")
@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"recurrence": {"kind": "yearly"}}, ("recurrence", "not_allowed")),
        ({"recurrence": {"kind": "monthly", "day": 32, "time": "08:00"}}, None),
        ({"recurrence": {"kind": "monthly", "day": 0, "time": "08:00"}}, None),
        (
            {"recurrence": MONDAYS | {"time": "0\u0668:0\u0660"}},
            ("recurrence.time", "time_invalid"),
        ),
        ({"recurrence": MONDAYS | {"day": 3}}, ("recurrence.day", "unknown_field")),
        (
            {"recurrence": {"kind": "once", "at": "2026-11-24T10:00"}},
            ("recurrence.at", "at_has_passed"),
        ),
        (
            {"recurrence": {"kind": "once", "at": "2026-12-24T10:00:00Z"}},
            ("recurrence.at", "local_time_invalid"),
        ),
        (
            {"recurrence": {"kind": "once", "at": "2027-02-30T10:00"}},
            ("recurrence.at", "local_time_invalid"),
        ),
        (
            {"recurrence": {"kind": "none"}, "status": "paused"},
            ("status", "none_cannot_be_paused"),
        ),
        (
            {"recurrence": {"kind": "none"}, "auto_increment_date": True},
            ("auto_increment_date", "increment_of_lists_only"),
        ),
        ({"status": "completed"}, ("status", "not_allowed")),
        ({"timezone": "localtime"}, ("timezone", "timezone_unknown")),
        ({"recipients": []}, ("recipients", "required")),
        ({"document_ids": []}, ("document_ids", "required")),
        ({"name": "a\nb"}, ("name", "control_character")),
        ({"subject": "a\r\nBcc: x@example.com"}, ("subject", "control_character")),
        ({"subject": "{document_name}" * 20}, ("subject", "too_long")),
        ({"name": "x" * 201}, ("name", "too_long")),
    ],
)
def test_what_cannot_work_is_refused_when_saved(
    api: Api, fields: dict[str, object], problem: tuple[str, str] | None
) -> None:
    answer = api("POST", "/v1/campaigns", a_campaign(api, **fields))

    assert answer.status == 422
    assert answer.problems == {problem or ("recurrence.day", "out_of_range")}
    assert not api.schedules.standing


def test_at_most_a_thousand_addresses_and_ten_documents(api: Api) -> None:
    many = [f"client{n}@example.com" for n in range(1_001)]

    addresses = api("POST", "/v1/campaigns", a_campaign(api, recipients=many))
    documents = api(
        "POST",
        "/v1/campaigns",
        a_campaign(api, document_ids=[UNKNOWN[:-2] + f"{n:02}" for n in range(11)]),
    )

    assert addresses.problems == {("recipients", "too_many_addresses")}
    assert documents.problems == {("document_ids", "too_many")}


@pytest.mark.feature("S47")
def test_only_the_date_of_a_list_moves_by_itself(api: Api) -> None:
    invoice = api.create(INVOICE, publish=True)

    answer = api(
        "POST",
        "/v1/campaigns",
        a_campaign(api, document_type="invoice", document_ids=[invoice], auto_increment_date=True),
    )

    assert answer.problems == {("auto_increment_date", "increment_of_lists_only")}


@pytest.mark.feature("S22", "S23", "S24", "B21")
@pytest.mark.parametrize(
    ("kind", "body"),
    [("staff_list", STAFF_LIST), ("invoice", INVOICE), ("purchase_order", ORDER)],
)
def test_drafts_cannot_be_sent_by_a_campaign(api: Api, kind: str, body: dict[str, Any]) -> None:
    draft = api.create(body)

    answer = api("POST", "/v1/campaigns", a_campaign(api, document_type=kind, document_ids=[draft]))

    assert (answer.status, answer.json["code"]) == (409, "document_not_published")
    assert answer.json["params"]["document_id"] == draft


@pytest.mark.feature("B22")
def test_saving_is_refused_for_a_sender_who_may_not_send(api: Api) -> None:
    api.store.of(ORGANIZATION).account = Account()

    answer = api("POST", "/v1/campaigns", a_campaign(api))

    assert (answer.status, answer.json["code"]) == (409, "sender_not_verified")


@pytest.mark.feature("B15")
def test_a_repeated_creation_makes_one_campaign(api: Api) -> None:
    body = a_campaign(api, recurrence={"kind": "none"})

    first = api("POST", "/v1/campaigns", body, idempotency_key="k")
    again = api("POST", "/v1/campaigns", body, idempotency_key="k")
    other = api("POST", "/v1/campaigns", body | {"name": "Autre"}, idempotency_key="k")

    assert first.json == again.json
    assert other.status == 422
    assert len(api.due.messages) == 1


@pytest.mark.feature("B15")
@pytest.mark.parametrize("words", [{}, {"subject": None, "body": None}, {"status": "paused"}])
def test_a_repeated_creation_gets_the_first_answer_whatever_has_become_of_the_campaign(
    api: Api, words: dict[str, Any]
) -> None:
    body = a_campaign(api, recurrence=MONDAYS, auto_increment_date=True) | words
    body = {name: value for name, value in body.items() if value is not None}
    first = api("POST", "/v1/campaigns", body, idempotency_key="k")
    (document,) = body["document_ids"]
    listed = api("GET", f"/v1/documents/{document}").json
    api("PUT", f"/v1/documents/{document}", listed | {"name": "Autre", "date": "2027-02-01"})
    api.clock.advance(timedelta(days=20))
    settings = api("GET", "/v1/settings").json
    api("PUT", "/v1/settings", settings | {"locale": "en"})
    put(api, first.json, name="Autre", subject="Autre")

    after_edit = api("POST", "/v1/campaigns", body, idempotency_key="k")
    deleted = api("DELETE", f"/v1/campaigns/{first.json['id']}")
    after_delete = api("POST", "/v1/campaigns", body, idempotency_key="k")

    assert deleted.status == 204
    assert (after_edit.status, after_edit.text) == (201, first.text)
    assert (after_delete.status, after_delete.text) == (201, first.text)
    assert api.store.of(ORGANIZATION).campaigns == {}


@pytest.mark.feature("B15")
def test_repeated_duplication_gets_the_copy_as_it_is_or_not_found(api: Api) -> None:
    campaign = created(api)
    path = f"/v1/campaigns/{campaign['id']}/duplicate"
    copy = api("POST", path, idempotency_key="k").json
    edited = put(api, copy, name="Autre").json
    api("DELETE", f"/v1/campaigns/{campaign['id']}")

    again = api("POST", path, idempotency_key="k")
    api("DELETE", f"/v1/campaigns/{copy['id']}")
    gone = api("POST", path, idempotency_key="k")

    assert (again.status, again.json) == (201, edited)
    assert (gone.status, gone.json["code"]) == (409, "copy_deleted")
    assert api.store.of(ORGANIZATION).campaigns == {}


@pytest.mark.feature("B16")
def test_a_scheduler_that_fails_leaves_the_campaign_pending_and_the_request_succeeds(
    api: Api,
) -> None:
    class Down(FakeSchedules):
        def put(self, *_: object, **__: object) -> None:
            raise UnavailableError("scheduler_unavailable")

    api.schedules = Down()

    campaign = created(api)

    stored = api.store.of(ORGANIZATION).campaigns[CampaignId(campaign["id"])]
    assert stored.pending_until is not None


@pytest.mark.feature("B16")
def test_nothing_that_follows_the_row_of_a_campaign_asks_to_come_again(api: Api) -> None:
    body = a_campaign(api)
    failed: list[str] = []

    def fail(write: str) -> None:
        if write in {"settle_schedule", "finish_delete"}:
            failed.append(write)
            raise StoreThrottledError("busy")

    api.store.on_write = fail

    created = api("POST", "/v1/campaigns", body)
    changed = put(api, created.json, recurrence=MONDAYS)
    paused = api("POST", f"/v1/campaigns/{created.json['id']}/pause")
    deleted = api("DELETE", f"/v1/campaigns/{created.json['id']}")

    assert [a.status for a in (created, changed, paused, deleted)] == [201, 200, 200, 204]
    assert failed == ["settle_schedule"] * 3 + ["finish_delete"]
    stored = api.store.of(ORGANIZATION).campaigns[CampaignId(created.json["id"])]
    assert stored.overdue_at is not None


@pytest.mark.feature("B16")
def test_run_now_succeeds_when_the_last_send_cannot_be_read(api: Api) -> None:
    class SilentSends(FakeSends):
        def get_rows(self, send_ids: Collection[SendId]) -> Mapping[SendId, SendRow]:
            raise UnavailableError("store_unavailable")

    class SilentStore(FakeStore):
        def sends(self, organization: OrgId) -> FakeSends:
            return SilentSends(self, self.of(organization))

    campaign = created(api)
    data = api.store.of(ORGANIZATION)
    stored = data.campaigns[CampaignId(campaign["id"])]
    sent = replace(stored.campaign, last_send=SendId(UNKNOWN))
    data.campaigns[sent.id] = replace(stored, campaign=sent)
    silent = api.as_user()
    silent.store = SilentStore()
    silent.store.organizations = api.store.organizations

    answer = silent("POST", f"/v1/campaigns/{campaign['id']}/run")
    read = silent("GET", f"/v1/campaigns/{campaign['id']}")

    assert (answer.status, answer.json["last_send"]) == (202, None)
    assert len(api.due.messages) == 1
    assert (read.status, read.json["code"]) == (503, "store_unavailable")


@pytest.mark.feature("S55", "S56")
def test_campaigns_are_listed_newest_first_by_status(api: Api) -> None:
    first, second = created(api, name="A"), created(api, name="B", status="paused")
    done = created(api, name="C", recurrence={"kind": "none"})

    every = api("GET", "/v1/campaigns").json["items"]
    paused = api("GET", "/v1/campaigns", query={"status": "paused"}).json["items"]
    page = api("GET", "/v1/campaigns", query={"limit": "2"}).json

    assert [row["id"] for row in every] == [done["id"], second["id"], first["id"]]
    assert [row["id"] for row in paused] == [second["id"]]
    assert every[2] == first | {"documents": every[2]["documents"]}
    rest = api("GET", "/v1/campaigns", query={"limit": "2", "cursor": page["next"]}).json
    assert [row["id"] for row in rest["items"]] == [first["id"]]
    foreign = {"status": "paused", "cursor": page["next"]}
    assert api("GET", "/v1/campaigns", query=foreign).problems == {("cursor", "cursor_invalid")}


@pytest.mark.feature("S58")
def test_anything_may_be_changed_and_the_schedule_follows(api: Api) -> None:
    campaign = created(api)

    answer = put(
        api,
        campaign,
        name="Hebdo",
        recipients=["x@example.com"],
        subject="Bonjour",
        recurrence=MONDAYS,
        timezone="America/New_York",
        separate=True,
    )

    assert answer.status == 200, answer.text
    assert answer.json["version"] == 2
    assert answer.json["next_run_at"] == "2026-11-30T13:00:00.000Z"
    assert api("GET", f"/v1/campaigns/{campaign['id']}").json == answer.json
    standing = schedule_of(api, campaign)
    assert standing.active
    assert standing.native.expression == "cron(0 8 ? * MON *)"
    assert standing.native.timezone == "America/New_York"


@pytest.mark.feature("S58", "S52")
def test_changing_a_paused_campaign_does_not_wake_it(api: Api) -> None:
    campaign = created(api, status="paused")

    answer = put(api, campaign, recurrence=MONDAYS)

    assert (answer.json["status"], answer.json["next_run_at"]) == ("paused", None)
    assert not schedule_of(api, campaign).active


@pytest.mark.feature("S58")
def test_two_who_change_at_once_do_not_undo_each_other(api: Api) -> None:
    campaign = created(api)
    put(api, campaign, name="Premier")

    answer = put(api, campaign, name="Second")
    without = api(
        "PUT",
        f"/v1/campaigns/{campaign['id']}",
        {key: value for key, value in campaign.items() if key != "version"},
    )

    assert (answer.status, answer.json["code"]) == (409, "version_conflict")
    assert without.problems == {("version", "required")}


def test_a_change_is_checked_like_a_creation(api: Api) -> None:
    campaign = created(api)

    answer = put(api, campaign, recipients="x", subject="{y}", owner="somebody")

    assert answer.problems == {
        ("recipients", "address_invalid"),
        ("subject", "unknown_variable"),
        ("owner", "owner_not_allowed"),
    }


def test_changing_to_no_recurrence_sends_at_once_and_removes_the_schedule(api: Api) -> None:
    campaign = created(api)

    put(api, campaign, recurrence={"kind": "none"})

    assert [message.campaign for message in api.due.messages] == [campaign["id"]]
    assert schedule_of(api, campaign) is None


def test_a_paused_campaign_is_not_sent_by_taking_its_recurrence_away(api: Api) -> None:
    campaign = created(api, status="paused")

    answer = put(api, campaign, recurrence={"kind": "none"})

    assert answer.problems == {("status", "none_cannot_be_paused")}


def test_the_subject_of_a_once_whose_date_has_passed_may_be_changed(api: Api) -> None:
    campaign = created(api, recurrence={"kind": "once", "at": "2026-11-24T11:00"}, status="paused")
    api.clock.at = api.clock.at.replace(day=26)

    answer = put(api, campaign, subject="Autre")
    moved = put(api, answer.json, recurrence={"kind": "once", "at": "2026-11-25T11:00"})

    assert answer.status == 200
    assert moved.problems == {("recurrence.at", "at_has_passed")}


@pytest.mark.feature("S47")
def test_the_next_date_may_be_chosen(api: Api) -> None:
    campaign = created(api, auto_increment_date=True)
    assert campaign["next_document_date"] == "2026-11-01"

    chosen = put(api, campaign, next_document_date="2026-12-01")
    kept = put(api, chosen.json, name="Autre")

    assert chosen.json["next_document_date"] == "2026-12-01"
    assert kept.json["next_document_date"] == "2026-12-01"


def test_a_next_date_read_before_an_occurrence_does_not_hold_back_the_one_after(api: Api) -> None:
    campaign = created(api, auto_increment_date=True)
    stored = api.store.of(ORGANIZATION).campaigns
    known = stored[CampaignId(campaign["id"])]
    assert known.campaign.next_run_at is not None
    stored[CampaignId(campaign["id"])] = replace(known, campaign=advanced(known.campaign))

    echoed = put(api, campaign, name="Autre")
    chosen = put(api, campaign | {"version": 2}, next_document_date="2026-11-15")

    assert echoed.json["next_document_date"] == "2026-12-01"
    assert (chosen.status, chosen.json["code"]) == (409, "version_conflict")


def test_a_next_date_without_increment_is_refused(api: Api) -> None:
    campaign = created(api)

    answer = put(api, campaign, next_document_date="2026-12-01")

    assert answer.problems == {("next_document_date", "increment_needed")}


@pytest.mark.feature("S58")
def test_a_colleague_may_take_a_campaign_over(api: Api) -> None:
    campaign = created(api)
    paul = api.as_user(sub="paul", email="paul@atelier-durand.example", name="Paul")

    changed = put(paul, campaign, name="Liste")
    taken = put(paul, changed.json, owner="paul")

    assert changed.json["owner"] == campaign["owner"]
    assert taken.json["owner"] == "paul"


@pytest.mark.feature("S59", "S61")
def test_a_deleted_campaign_and_its_schedule_are_gone(api: Api) -> None:
    campaign = created(api)

    answer = api("DELETE", f"/v1/campaigns/{campaign['id']}")

    assert answer.status == 204
    assert api("GET", f"/v1/campaigns/{campaign['id']}").status == 404
    assert api("DELETE", f"/v1/campaigns/{campaign['id']}").status == 404
    assert not api.schedules.standing
    assert not api.store.of(ORGANIZATION).campaigns


@pytest.mark.feature("B11")
def test_a_copy_is_paused_and_belongs_to_whoever_made_it(api: Api) -> None:
    campaign = created(api, auto_increment_date=True)
    paul = api.as_user(sub="paul", email="paul@atelier-durand.example", name="Paul")

    answer = paul("POST", f"/v1/campaigns/{campaign['id']}/duplicate", idempotency_key="k")
    again = paul("POST", f"/v1/campaigns/{campaign['id']}/duplicate", idempotency_key="k")

    copy = answer.json
    assert answer.status == 201
    assert again.json == copy
    assert (copy["name"], copy["status"], copy["owner"], copy["version"]) == (
        "Liste mensuelle (copie)",
        "paused",
        "paul",
        1,
    )
    assert copy["next_document_date"] == campaign["next_document_date"]
    assert not schedule_of(api, copy).active
    same = ("document_ids", "recipients", "subject", "body", "recurrence", "timezone")
    assert all(copy[field] == campaign[field] for field in same)


@pytest.mark.feature("B11")
def test_a_copy_of_a_single_send_sends_nothing(api: Api) -> None:
    campaign = created(api, recurrence={"kind": "none"})
    api.due.messages.clear()

    copy = api("POST", f"/v1/campaigns/{campaign['id']}/duplicate").json

    assert (copy["status"], copy["next_run_at"]) == ("completed", None)
    assert not api.due.messages


@pytest.mark.feature("B20")
def test_another_organizations_campaign_does_not_exist(api: Api) -> None:
    campaign = created(api)
    other = api.as_user(**{"custom:organization": "autre"})
    path = f"/v1/campaigns/{campaign['id']}"

    answers = [
        other("GET", path),
        other("PUT", path, a_campaign(other, version=1)),
        other("DELETE", path),
        other("GET", f"{path}/occurrences"),
        *(
            other("POST", f"{path}/{step}")
            for step in ("pause", "resume", "run", "skip", "unskip", "test", "duplicate")
        ),
    ]

    assert {answer.status for answer in answers} == {404}
    assert {answer.json["code"] for answer in answers} == {"campaign_not_found"}
    assert other("GET", "/v1/campaigns").json["items"] == []


def test_a_document_that_a_campaign_sends_cannot_be_deleted(api: Api) -> None:
    document = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document])

    refused = api("DELETE", f"/v1/documents/{document}")
    api("DELETE", f"/v1/campaigns/{campaign['id']}")
    deleted = api("DELETE", f"/v1/documents/{document}")

    assert (refused.status, refused.json["code"]) == (409, "document_in_use")
    assert refused.json["params"] == {"campaigns": "Liste mensuelle", "count": 1}
    assert deleted.status == 204


def test_taking_a_document_back_names_the_campaigns_that_send_it(api: Api) -> None:
    document = api.create(STAFF_LIST, publish=True)
    campaign = created(api, document_ids=[document])

    answer = api("POST", f"/v1/documents/{document}/unpublish")

    assert answer.json["status"] == "draft"
    assert answer.json["campaigns"] == [{"id": campaign["id"], "name": "Liste mensuelle"}]
    edited = api("PUT", f"/v1/documents/{document}", answer.json)
    assert edited.status == 200


def test_a_campaign_whose_document_is_a_draft_is_not_resumed(api: Api) -> None:
    campaign = created(api)
    path = f"/v1/campaigns/{campaign['id']}"
    api("POST", f"{path}/pause")
    api("POST", f"/v1/documents/{campaign['document_ids'][0]}/unpublish")

    refused = api("POST", f"{path}/resume")

    assert (refused.status, refused.json["code"]) == (409, "document_not_published")
    assert api("GET", path).json["status"] == "paused"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_an_instant_that_no_occurrence_can_have_is_refused(api: Api, at: str) -> None:
    campaign = created(api, auto_increment_date=True)

    answer = put(api, campaign, next_run_at=at, next_document_date="2027-01-31")

    assert answer.status == 422
    assert [error["field"] for error in answer.json["errors"]] == ["next_run_at"]
