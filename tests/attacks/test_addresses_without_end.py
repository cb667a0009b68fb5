"""A list of addresses that is never meant to be written to.

The attacker posts two megabytes of addresses, in one text or in thousands, or a correction that is
itself such a list. Checking one takes some 30 microseconds, so that each such request would keep
the function busy for seconds: they are counted first, and checked only when they are few enough.
"""

import time

from hypothesis import given
from hypothesis import strategies as st

from facteur.domain import address as module
from facteur.domain.address import MAX_TYPED_ADDRESSES, parse_address, parse_addresses
from facteur.domain.message import MessageEvent
from tests.functions.calling import INVOICE, Api


def checks_of(texts: list[str]) -> int:
    """How many words are checked: each is an address or a problem of its own."""
    addresses, problems = parse_addresses(texts, field="cc")
    counted_only = [problem for problem in problems if problem.code == "too_many_addresses"]
    return len(addresses) + len(problems) - len(counted_only)


def test_hundreds_of_thousands_of_addresses_are_counted_but_not_checked() -> None:
    pasted = "a@b.fr," * 250_000

    addresses, problems = parse_addresses(pasted, field="cc")

    assert addresses == []
    assert [(p.field, p.code, p.params["count"]) for p in problems] == [
        ("cc", "too_many_addresses", 250_000)
    ]


@given(
    texts=st.lists(
        st.tuples(st.sampled_from(["a@b.fr ", "x;", "é@b.fr,", "@\n"]), st.integers(0, 3_000)).map(
            lambda pair: pair[0] * pair[1]
        ),
        max_size=4,
    )
)
def test_no_list_costs_more_checks_than_the_bound(texts: list[str]) -> None:
    assert checks_of(texts) <= MAX_TYPED_ADDRESSES


def test_send_and_campaign_with_such_lists_are_refused_by_field(api: Api) -> None:
    document_id = api.create(INVOICE, publish=True)
    many = "a@b.fr," * 100_000
    send = {"document_ids": [document_id], "to": "a@b.fr", "cc": many, "bcc": many}
    campaign = {
        "name": "x",
        "document_type": "invoice",
        "document_ids": [document_id],
        "recipients": many,
        "recurrence": {"kind": "weekly", "weekday": 1, "time": "08:00"},
    }

    assert api("POST", "/v1/sends", send).problems == {
        ("cc", "too_many_addresses"),
        ("bcc", "too_many_addresses"),
    }
    assert api("POST", "/v1/campaigns", campaign).problems == {("recipients", "too_many_addresses")}
    assert api.outbox.messages == []


def test_correction_that_is_a_list_is_refused_without_being_read(api: Api) -> None:
    sent = api.send(api.create(INVOICE))
    api.happens(sent["id"], MessageEvent.FAILED, code="mailbox_full")
    corrections = {"compta@dupont.example": "a@b.fr," * 100_000}

    refused = api("POST", f"/v1/sends/{sent['id']}/retry", {"corrections": corrections})

    assert refused.status == 422
    assert refused.problems == {("corrections.compta@dupont.example", "one_address_expected")}


def test_counting_costs_little_beside_checking_the_most_that_is_accepted() -> None:
    # The library checks only what is not plain.
    accepted = "a+b@b.fr," * MAX_TYPED_ADDRESSES
    parse_addresses("a+b@b.fr", field="cc")
    began = time.process_time()
    parse_addresses(accepted, field="cc")
    normal = time.process_time() - began

    began = time.process_time()
    parse_addresses("a@b.fr," * 250_000, field="cc")
    hostile = time.process_time() - began

    assert hostile < 10 * normal


def test_one_address_is_read_from_the_first_two_words_only() -> None:
    assert parse_address(" a@b.fr ", field="to") == ("a@b.fr", [])
    assert parse_address("", field="to")[1][0].code == "one_address_expected"
    assert parse_address("a@b.fr, c@d.fr", field="to")[1][0].code == "one_address_expected"
    assert module.MAX_TYPED_ADDRESSES == 2 * module.MAX_ADDRESSES
