"""Overdue items, in the adapter and in the fake."""

from dataclasses import replace
from datetime import timedelta

import pytest

from facteur.ports import Overdue, OverdueSend, Store
from tests.adapters.dynamodb.samples import NOW, ORG, OTHER, a_notice, a_send

LATE = NOW + timedelta(hours=1)


@pytest.mark.feature("B3")
def test_what_is_late_is_listed_longest_wait_first_whatever_the_organization(
    store: Store, overdue: Overdue
) -> None:
    sends = [a_send(minute=n) for n in range(8)]
    for n, send in enumerate(sends):
        store.sends(ORG if n % 2 else OTHER).create(send)
    store.sends(ORG).create(a_send(minute=600))
    notice = a_notice(sends[0])
    store.sends(ORG).create(notice)

    late = overdue.list_overdue(LATE, limit=100)

    expected = [
        *((ORG if n % 2 else OTHER, send.id, False) for n, send in enumerate(sends)),
        (ORG, notice.id, True),
    ]
    assert list(late) == [
        OverdueSend(
            organization=organization,
            send=send,
            origin_is_notice=is_notice,
            overdue_at=item.overdue_at,
        )
        for item, (organization, send, is_notice) in zip(late, expected, strict=True)
    ]
    assert overdue.list_overdue(LATE, limit=3) == late[:3]
    assert list(overdue.list_overdue(NOW, limit=100)) == []


def test_a_late_send_is_taken_once(store: Store, overdue: Overdue) -> None:
    send = a_send()
    store.sends(ORG).create(send)
    (item,) = overdue.list_overdue(LATE, limit=10)
    until = LATE + timedelta(minutes=15)

    assert overdue.take(item, until=until) is True
    assert overdue.take(item, until=until) is False

    assert list(overdue.list_overdue(LATE, limit=10)) == []
    (later,) = overdue.list_overdue(until, limit=10)
    assert later.overdue_at == until


def test_a_late_notice_is_taken(store: Store, overdue: Overdue) -> None:
    store.sends(ORG).create(a_notice(a_send()))
    (item,) = overdue.list_overdue(LATE, limit=10)

    assert overdue.take(item, until=LATE) is True


def test_a_send_that_has_ended_is_late_no_more(store: Store, overdue: Overdue) -> None:
    sends = store.sends(ORG)
    send = a_send()
    sends.create(send)
    (item,) = overdue.list_overdue(LATE, limit=10)

    sends.advance(replace(sends.get_row(send.id), overdue_at=None))

    assert list(overdue.list_overdue(LATE, limit=10)) == []
    assert overdue.take(item, until=LATE) is False


def test_nothing_is_made_by_taking_what_is_not_there(store: Store, overdue: Overdue) -> None:
    gone = OverdueSend(organization=ORG, send=a_send().id, origin_is_notice=False, overdue_at=NOW)

    assert overdue.take(gone, until=LATE) is False

    assert list(overdue.list_overdue(LATE, limit=10)) == []
