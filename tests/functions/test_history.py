"""The history over HTTP: pages, filters, one Send in full, and what exactly was sent."""

from datetime import UTC, datetime, timedelta

import pytest

from facteur.domain.message import MessageEvent
from tests.functions.calling import INVOICE, ORDER, ORGANIZATION, Api

TO = "compta@dupont.example"


def ids(api: Api, **query: str) -> list[str]:
    answer = api("GET", "/v1/sends", query=query)
    assert answer.status == 200, answer.text
    return [row["id"] for row in answer.json["items"]]


@pytest.mark.feature("S78")
@pytest.mark.feature("S79")
def test_fifty_sends_a_page_newest_first_and_pages_both_ways(api: Api) -> None:
    document_id = api.create(INVOICE)
    sent = [api.send(document_id)["id"] for _ in range(51)]

    first = api("GET", "/v1/sends").json
    second = api("GET", "/v1/sends", query={"cursor": first["next"]}).json
    back = api("GET", "/v1/sends", query={"cursor": second["previous"]}).json

    assert [row["id"] for row in first["items"]] == sent[:0:-1]
    assert [row["id"] for row in second["items"]] == sent[:1]
    assert (first["previous"], second["next"]) == (None, None)
    assert [row["id"] for row in back["items"]] == sent[:0:-1]


def test_row_has_no_body_no_timeline_and_ten_recipients_at_most(api: Api) -> None:
    cc = [f"a{n}@x.example" for n in range(20)]
    send = api.send(api.create(INVOICE), cc=cc)

    (row,) = api("GET", "/v1/sends").json["items"]

    assert send.keys() - row.keys() == {"body", "timeline"}
    assert len(row["recipients"]) == 10
    assert row["recipient_count"] == 21
    assert len(send["recipients"]) == 21


@pytest.mark.feature("S68")
@pytest.mark.feature("S69")
@pytest.mark.feature("S81")
@pytest.mark.feature("B24")
def test_filters_combine(api: Api) -> None:
    invoice, order = api.create(INVOICE), api.create(ORDER)
    failed = api.send(invoice)["id"]
    queued = api.send(invoice, cc="chef@dupont.example")["id"]
    other = api.send(order)["id"]
    api.happens(failed, MessageEvent.HARD_BOUNCED, index=0, code="address_rejected")

    assert ids(api, type="invoice") == [queued, failed]
    assert ids(api, type="purchase_order") == [other]
    assert ids(api, status="failed") == [failed]
    assert ids(api, type="invoice", status="queued") == [queued]
    assert ids(api, document_id=invoice, recipient="CHEF@dupont.example") == [queued]
    assert ids(api, type="staff_list", status="failed") == []


@pytest.mark.parametrize(
    ("queued_at", "expected"),
    [
        (datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 23, 0, tzinfo=UTC), False),
    ],
)
def test_dates_are_whole_days_of_the_organization(
    api: Api, queued_at: datetime, expected: bool
) -> None:
    api.clock.at = queued_at
    sent = api.send(api.create(INVOICE))["id"]

    found = ids(api, **{"from": "2026-11-24", "to": "2026-11-25"})

    assert found == ([sent] if expected else [])


def test_days_are_as_long_as_clock_changes_make_them(api: Api) -> None:
    api.clock.at = datetime(2026, 10, 25, 22, 59, tzinfo=UTC)  # 23:59, an hour after the change
    sent = api.send(api.create(INVOICE))["id"]

    assert ids(api, **{"from": "2026-10-25", "to": "2026-10-25"}) == [sent]
    assert ids(api, **{"from": "2026-10-26"}) == []


def test_every_bad_filter_is_named(api: Api) -> None:
    query = {
        "type": "letter",
        "status": "lost",
        "from": "hier",
        "to": "9999-12-31",
        "limit": "101",
        "q": "x" * 201,
    }

    answer = api("GET", "/v1/sends", query=query)

    assert answer.status == 422
    assert answer.problems == {
        ("type", "not_allowed"),
        ("status", "not_allowed"),
        ("from", "date_invalid"),
        ("to", "out_of_range"),
        ("limit", "out_of_range"),
        ("q", "too_long"),
    }


def test_filters_that_cannot_be_are_named_with_those_that_mean_nothing(api: Api) -> None:
    query = {
        "type": "letter",
        "recipient": "compta",
        "from": "2026-11-02",
        "to": "2026-11-01",
        "cursor": "%%%",
        "document": "x",
    }

    answer = api("GET", "/v1/sends", query=query)

    assert answer.status == 422
    assert answer.problems == {
        ("type", "not_allowed"),
        ("recipient", "address_invalid"),
        ("to", "range_empty"),
        ("cursor", "cursor_invalid"),
        ("document", "unknown_field"),
    }


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/v1/documents", True),
        ("/v1/campaigns", True),
        ("/v1/sends", True),
        ("/v1/sends.csv", False),
        ("/v1/upcoming", False),
        ("/v1/settings", False),
        ("/v1/profile", False),
    ],
)
def test_a_parameter_that_a_route_does_not_know_is_refused(
    api: Api, path: str, known: bool
) -> None:
    answer = api("GET", path, query={"limit": "5", "document": "zz"})

    unknown = {"document"} if known else {"document", "limit"}
    assert answer.status == 422
    assert answer.problems == {(name, "unknown_field") for name in unknown}


def test_a_cursor_belongs_to_its_list_and_its_filters(api: Api) -> None:
    for number in range(3):
        api.send(api.create(INVOICE | {"number": f"F-{number}"}))
    filters = {"type": "invoice", "limit": "1"}
    cursor = api("GET", "/v1/sends", query=filters).json["next"]
    of_documents = api("GET", "/v1/documents", query=filters).json["next"]

    same = api("GET", "/v1/sends", query=filters | {"cursor": cursor, "limit": "2"})
    others = [
        api("GET", "/v1/sends", query={"cursor": cursor}),
        api("GET", "/v1/sends", query=filters | {"cursor": cursor, "status": "sent"}),
        api("GET", "/v1/sends", query=filters | {"cursor": of_documents}),
        api("GET", "/v1/documents", query=filters | {"cursor": cursor}),
        api("GET", "/v1/campaigns", query={"cursor": cursor}),
        api("GET", "/v1/sends", query=filters | {"cursor": cursor[:-1]}),
    ]

    assert len(same.json["items"]) == 2
    assert [other.status for other in others] == [422] * 6
    assert {problem for other in others for problem in other.problems} == {
        ("cursor", "cursor_invalid")
    }


def test_a_filter_that_is_wrong_is_named_without_the_cursor_of_the_right_one(api: Api) -> None:
    for number in range(2):
        api.send(api.create(INVOICE | {"number": f"F-{number}"}))
    cursor = api("GET", "/v1/sends", query={"type": "invoice", "limit": "1"}).json["next"]

    answer = api("GET", "/v1/sends", query={"type": "letter", "cursor": cursor})

    assert answer.problems == {("type", "not_allowed")}


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"from": "2026-11-02", "to": "2026-11-01"}, ("to", "range_empty")),
        ({"recipient": "compta"}, ("recipient", "address_invalid")),
        ({"recipient": "a@x.example b@x.example"}, ("recipient", "one_address_expected")),
        ({"cursor": "%%%"}, ("cursor", "cursor_invalid")),
    ],
)
def test_filter_that_means_nothing_is_refused(
    api: Api, query: dict[str, str], problem: tuple[str, str]
) -> None:
    answer = api("GET", "/v1/sends", query=query)

    assert answer.status == 422
    assert answer.problems == {problem}


@pytest.mark.feature("S65")
@pytest.mark.feature("S67")
@pytest.mark.feature("S73")
@pytest.mark.feature("S74")
@pytest.mark.feature("S75")
@pytest.mark.feature("S76")
@pytest.mark.feature("B26")
def test_detail_tells_what_became_of_each_recipient(api: Api) -> None:
    send_id = api.send(api.create(INVOICE), cc="chef@dupont.example")["id"]
    api.clock.advance(timedelta(seconds=2))
    api.happens(send_id, MessageEvent.SENT)
    api.clock.advance(timedelta(seconds=5))
    api.happens(send_id, MessageEvent.DELIVERED, index=1, detail="250 2.0.0 OK")

    send = api("GET", f"/v1/sends/{send_id}").json

    assert (send["status"], send["sent_at"]) == ("sent", "2026-11-24T09:00:02.000Z")
    assert send["recipients"] == [
        {
            "address": TO,
            "role": "to",
            "outcome": "sent",
            "code": None,
            "detail": None,
            "cause": None,
            "remedy": None,
            "at": "2026-11-24T09:00:02.000Z",
            "ses_message_id": "ses-0000",
        },
        {
            "address": "chef@dupont.example",
            "role": "cc",
            "outcome": "delivered",
            "code": None,
            "detail": "250 2.0.0 OK",
            "cause": None,
            "remedy": None,
            "at": "2026-11-24T09:00:07.000Z",
            "ses_message_id": "ses-0000",
        },
    ]
    assert [entry["event"] for entry in send["timeline"]] == ["queued", "sent", "delivered"]
    assert send["timeline"][2]["address"] == "chef@dupont.example"


@pytest.mark.feature("S66")
@pytest.mark.feature("S77")
def test_failed_send_says_why_and_for_how_many(api: Api) -> None:
    send_id = api.send(api.create(INVOICE), cc="chef@dupont.example")["id"]

    api.happens(
        send_id, MessageEvent.HARD_BOUNCED, index=1, code="mailbox_full", detail="552 5.2.2 Full"
    )

    send = api("GET", f"/v1/sends/{send_id}").json
    assert (send["status"], send["failed_count"]) == ("failed", 1)
    assert (send["error"]["code"], send["error"]["detail"]) == ("mailbox_full", "552 5.2.2 Full")
    assert ids(api, status="failed") == [send_id]


@pytest.mark.feature("B7")
def test_pdf_that_was_sent_stays_when_its_document_is_deleted(api: Api) -> None:
    document_id = api.create(INVOICE)
    send = api.send(document_id)
    deleted = api("DELETE", f"/v1/documents/{document_id}")
    gone = api("GET", f"/v1/documents/{document_id}")

    program = api("GET", f"/v1/sends/{send['id']}/attachments/0", accept="application/json")
    browser = api("GET", f"/v1/sends/{send['id']}/attachments/0", accept="*/*")

    sha256 = send["documents"][0]["sha256"]
    assert (deleted.status, gone.status) == (204, 404)
    assert program.json["url"] == api.archive.link(
        ORGANIZATION, sha256, filename="Facture F-2026-0142.pdf"
    )
    assert (browser.status, browser.headers["location"]) == (302, program.json["url"])


@pytest.mark.feature("B26")
def test_source_of_a_message_is_what_was_handed_over(api: Api) -> None:
    send_id = api.send(api.create(INVOICE), cc="chef@dupont.example", separate=True)["id"]

    answer = api("GET", f"/v1/sends/{send_id}/messages/1")

    assert answer.status == 200
    assert answer.headers["content-type"] == "message/rfc822"
    assert answer.text.startswith(f"{send_id} 1 ")


def test_source_too_large_for_an_answer_is_refused(api: Api) -> None:
    api.renderer.size = 4 * 1024 * 1024
    send_id = api.send(api.create(INVOICE))["id"]

    answer = api("GET", f"/v1/sends/{send_id}/messages/0")

    assert (answer.status, answer.json["code"]) == (413, "message_too_large")


@pytest.mark.parametrize("n", ["1", "9999999", "-1", "x", "０", "1.0", "00000001"])
@pytest.mark.parametrize("what", ["attachments", "messages"])
def test_number_that_does_not_exist_is_not_found(api: Api, what: str, n: str) -> None:
    send_id = api.send(api.create(INVOICE))["id"]

    answer = api("GET", f"/v1/sends/{send_id}/{what}/{n}")

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
