"""Addresses proposed while typing, and what previews say about recipients."""

from datetime import timedelta
from typing import Any

import pytest

from facteur.domain.identity import SendId
from facteur.domain.message import MessageEvent
from facteur.ports import NamedRecipient, SesEvent
from facteur.services.delivery.caches import SendCache
from facteur.services.delivery.record_standings import RecordStandings
from tests.functions.calling import INVOICE, ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_campaigns import a_campaign
from tests.functions.test_preview import previewed

TO = "compta@dupont.example"
WARNED = {"recipient_bounced", "recipient_complained", "recipient_suppressed", "recipients_flagged"}


def proposed(api: Api, typed: str, **headers: str) -> Any:
    answer = api("GET", "/v1/recipients", query={"q": typed}, **headers)
    assert answer.status == 200, answer.text
    return answer.json["items"]


def addresses(api: Api, typed: str) -> list[str]:
    return [one["address"] for one in proposed(api, typed)]


def reported(
    api: Api, send: Any, event: MessageEvent, address: str = TO, *, code: str = ""
) -> None:
    """SES reports about an address of a Send."""
    api.happens(send["id"], event, index=0, code=code)
    now = api.clock.now()
    ses_event = SesEvent(
        organization=ORGANIZATION,
        send=SendId(send["id"]),
        message=0,
        ses_message_id="ses-0000",
        event=event,
        at=now,
        accepted_at=now,
        named=(NamedRecipient(address=address, event=event, code=code),),
    )
    RecordStandings(store=api.store, cache=SendCache(api.store)).record(ses_event)


def warned(preview: Any) -> dict[str, str]:
    return {
        warning["code"]: warning["message"]
        for warning in preview["warnings"]
        if warning["code"] in WARNED
    }


def sent_before(preview: Any) -> list[str]:
    return [
        warning["message"]
        for warning in preview["warnings"]
        if warning["code"].startswith("already_sent")
    ]


@pytest.mark.feature("B33")
def test_whom_somebody_has_written_to_is_proposed_with_the_name_that_is_known(api: Api) -> None:
    document_id = api.create(INVOICE)
    api.send(document_id, cc="chef@dupont.example", bcc="audit@cabinet.example")

    assert proposed(api, "dup") == [
        {
            "address": TO,
            "name": "Dupont BTP",
            "state": "ok",
            "state_at": None,
            "detail": None,
            "last_sent_at": "2026-11-24T09:00:00.000Z",
        },
        {
            "address": "chef@dupont.example",
            "name": "",
            "state": "ok",
            "state_at": None,
            "detail": None,
            "last_sent_at": "2026-11-24T09:00:00.000Z",
        },
    ]
    assert addresses(api, "btp") == [TO]
    assert addresses(api, "cab") == ["audit@cabinet.example"]
    assert addresses(api, "nobody") == []


@pytest.mark.feature("B33")
def test_the_best_match_comes_first_then_the_latest(api: Api) -> None:
    document_id = api.create(INVOICE)
    for address in ("b@martin.example", "martin.a@x.example", "martin.b@x.example"):
        api.clock.at += timedelta(hours=1)
        api.send(document_id, to=address)

    assert addresses(api, "martin") == [
        "martin.b@x.example",
        "martin.a@x.example",
        "b@martin.example",
    ]
    assert addresses(api, "") == ["martin.b@x.example", "martin.a@x.example", "b@martin.example"]


def test_at_most_ten_are_proposed_and_an_address_once(api: Api) -> None:
    document_id = api.create(INVOICE)
    for n in range(15):
        api.send(document_id, to=f"A{n}@x.example", bcc=[f"a{n - 1}@x.example"] if n else [])

    found = addresses(api, "a")

    assert len(found) == 10
    assert len({address.casefold() for address in found}) == 10


def test_what_one_organization_has_written_to_another_does_not_see(api: Api) -> None:
    api.send(api.create(INVOICE))
    stranger = api.as_user(**{"custom:organization": "autre", "sub": "u2"})

    assert proposed(stranger, "dup") == []
    assert proposed(stranger, "") == []


@pytest.mark.feature("B35")
@pytest.mark.parametrize(
    ("event", "code", "state", "english"),
    [
        (MessageEvent.HARD_BOUNCED, "address_rejected", "bounced", "could not be delivered"),
        (MessageEvent.HARD_BOUNCED, "suppressed", "suppressed", "has blocked the address"),
        (MessageEvent.COMPLAINED, "", "complained", "reported one of your e-mails as spam"),
    ],
)
def test_a_flagged_address_is_shown_and_warned_of_and_may_be_written_to(
    api: Api, event: MessageEvent, code: str, state: str, english: str
) -> None:
    warning = f"recipient_{state}"
    send = api.send(api.create(INVOICE))
    reported(api, send, event, code=code)
    another = api.create(INVOICE | {"number": "F-2026-0143"})

    (known,) = proposed(api, "compta")
    preview = previewed(api, another)
    in_english = api(
        "POST",
        "/v1/preview",
        {"document_ids": [another], "to": TO},
        accept_language="en",
    ).json
    again = api.send(another)

    assert (known["state"], known["state_at"]) == (state, "2026-11-24T09:00:00.000Z")
    assert known["detail"].endswith(".")
    assert warned(preview).keys() == {warning}
    assert all(part in warned(preview)[warning] for part in (TO, "24/11/2026"))
    assert english in warned(in_english)[warning]
    assert again["status"] == "queued"


@pytest.mark.feature("B35")
def test_a_delivery_gives_an_address_another_chance(api: Api) -> None:
    first = api.send(api.create(INVOICE))
    reported(api, first, MessageEvent.HARD_BOUNCED, code="address_rejected")
    api.clock.at += timedelta(days=1)
    second = api.send(api.create(INVOICE | {"number": "F-2026-0143"}))
    reported(api, second, MessageEvent.DELIVERED)

    (known,) = proposed(api, "compta")
    preview = previewed(api, api.create(INVOICE | {"number": "F-2026-0144"}))

    assert (known["state"], known["state_at"], known["detail"]) == ("ok", None, None)
    assert warned(preview) == {}


@pytest.mark.feature("B35")
def test_a_bounce_that_is_told_after_a_later_delivery_flags_nobody(api: Api) -> None:
    first = api.send(api.create(INVOICE))
    bounced_at = api.clock.at
    api.clock.at += timedelta(days=1)
    second = api.send(api.create(INVOICE | {"number": "F-2026-0143"}))
    reported(api, second, MessageEvent.DELIVERED)
    api.clock.at, later = bounced_at, api.clock.at
    reported(api, first, MessageEvent.HARD_BOUNCED, code="address_rejected")
    api.clock.at = later

    assert [one["state"] for one in proposed(api, "compta")] == ["ok"]


def test_a_full_mailbox_flags_nobody(api: Api) -> None:
    reported(api, api.send(api.create(INVOICE)), MessageEvent.REFUSED, code="mailbox_full")

    assert [one["state"] for one in proposed(api, "compta")] == ["ok"]


@pytest.mark.feature("B35")
def test_a_campaign_is_warned_of_whom_its_groups_reach_in_vain(api: Api) -> None:
    reported(api, api.send(api.create(INVOICE)), MessageEvent.HARD_BOUNCED, code="address_rejected")
    group = {"name": "Clients", "addresses": [{"address": TO.upper()}]}
    group_id = api("POST", "/v1/groups", group).json["id"]

    preview = api("POST", "/v1/preview", a_campaign(api, groups=[group_id])).json

    assert warned(preview).keys() == {"recipient_bounced"}


def test_many_flagged_recipients_are_counted_not_all_named(api: Api) -> None:
    many = [f"a{n}@x.example" for n in range(12)]
    send = api.send(api.create(INVOICE), to=many[0], bcc=many[1:])
    for n, address in enumerate(many):
        api.happens(send["id"], MessageEvent.HARD_BOUNCED, index=n, code="address_rejected")
        reported(api, send, MessageEvent.HARD_BOUNCED, address, code="address_rejected")

    preview = previewed(
        api, api.create(INVOICE | {"number": "F-2026-0143"}), to=many[0], bcc=many[1:]
    )

    codes = [warning["code"] for warning in preview["warnings"]]
    assert codes.count("recipient_bounced") == 5
    assert warned(preview)["recipients_flagged"].endswith(": 7.")


@pytest.mark.feature("B36")
def test_a_document_that_an_address_has_had_is_asked_about(api: Api) -> None:
    document_id = api.create(INVOICE)
    api.send(document_id, cc="chef@dupont.example")
    api.clock.at += timedelta(hours=5, minutes=40)
    api.send(document_id)

    said = sent_before(previewed(api, document_id, to="COMPTA@dupont.example"))
    assert said == ["Déjà envoyée à COMPTA@dupont.example le 24/11/2026 à 15:40."]
    assert sent_before(previewed(api, document_id, to="new@dupont.example")) == []
    assert sent_before(previewed(api, api.create(INVOICE | {"number": "F-2"}))) == []


@pytest.mark.feature("B36")
def test_what_never_arrived_and_a_list_of_another_date_are_not_asked_about(api: Api) -> None:
    document_id = api.create(STAFF_LIST, publish=True)
    send = api.send(document_id)
    once = {"kind": "once", "at": "2026-12-31T08:00"}
    body = a_campaign(api, document_ids=[document_id], recipients=TO)

    first = sent_before(api("POST", "/v1/preview", body | {"recurrence": once}).json)
    monthly = sent_before(api("POST", "/v1/preview", body).json)
    document = api("GET", f"/v1/documents/{document_id}").json
    api("PUT", f"/v1/documents/{document_id}", document | {"date": "2026-12-01"})
    another_date = sent_before(previewed(api, document_id))
    api("PUT", f"/v1/documents/{document_id}", document | {"version": 2})
    api.happens(send["id"], MessageEvent.HARD_BOUNCED, index=0, code="address_rejected")
    never_arrived = sent_before(previewed(api, document_id))

    assert first == [f"Déjà envoyée à {TO} le 24/11/2026 à 10:00."]
    assert (monthly, another_date, never_arrived) == ([], [], [])


@pytest.mark.feature("B36")
def test_of_a_large_send_everybody_is_known_to_have_had_it(api: Api) -> None:
    document_id = api.create(INVOICE)
    many = [f"a{n}@x.example" for n in range(30)]
    api.send(document_id, bcc=many)

    said = sent_before(previewed(api, document_id, to=many[-1], bcc=many[8:]))

    assert len(said) == 6
    assert said[0].startswith(f"Déjà envoyée à {many[-1]} ")
    assert said[-1].endswith(": 17.")
