"""Pages of the history: filters, search, cursors, in the adapter and in the fake."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from facteur.domain.content import DocumentType
from facteur.domain.errors import InputError
from facteur.domain.identity import DocumentId
from facteur.domain.requests import SendFilter
from facteur.domain.resolution import Resolution
from facteur.domain.send import Send, SendStatus
from facteur.ports import Sends, Store
from tests.adapters.dynamodb.samples import CAMPAIGN, NOW, ORG, a_send, frozen, to


def ids(sends: Sends, wanted: SendFilter) -> list[str]:
    return [row.id for row in sends.list_page(wanted, cursor=None, limit=50).items]


def end_as(sends: Sends, send: Send, status: SendStatus) -> None:
    row = sends.get_row(send.id)
    assert sends.advance(replace(row, progress=replace(row.progress, status=status)))


@pytest.fixture
def history(store: Store) -> Sends:
    return store.sends(ORG)


@pytest.mark.feature("S63")
@pytest.mark.feature("S79")
@pytest.mark.parametrize(
    "wanted",
    [
        SendFilter(),
        SendFilter(status=SendStatus.QUEUED),
        SendFilter(type=DocumentType.INVOICE),
        SendFilter(q="dupont"),
        SendFilter(recipient="comptabilite@dupont.example", status=SendStatus.QUEUED),
    ],
)
def test_pages_go_newest_first_and_back_to_the_same(history: Sends, wanted: SendFilter) -> None:
    made = [a_send(minute=n) for n in range(7)]
    for send in made:
        history.create(send)

    first = history.list_page(wanted, cursor=None, limit=3)
    second = history.list_page(wanted, cursor=first.next, limit=3)
    third = history.list_page(wanted, cursor=second.next, limit=3)
    back_to_second = history.list_page(wanted, cursor=third.previous, limit=3)
    back_to_first = history.list_page(wanted, cursor=back_to_second.previous, limit=3)

    newest_first = [send.id for send in reversed(made)]
    pages = [[row.id for row in page.items] for page in (first, second, third)]
    assert pages == [newest_first[:3], newest_first[3:6], newest_first[6:]]
    assert (first.previous, third.next) == (None, None)
    assert back_to_second.items == second.items
    assert back_to_first.items == first.items
    assert back_to_first.previous is None
    assert history.list_page(wanted, cursor=back_to_first.next, limit=3).items == second.items


@pytest.mark.feature("S68")
@pytest.mark.feature("S69")
def test_type_and_status_filter_together(history: Sends) -> None:
    made = {
        (document_type, status): a_send(
            minute=n, document_type=document_type, documents=(frozen(type=document_type),)
        )
        for n, (document_type, status) in enumerate(
            (document_type, status) for document_type in DocumentType for status in SendStatus
        )
    }
    for (_, status), send in made.items():
        history.create(send)
        end_as(history, send, status)

    for wanted_type in (None, *DocumentType):
        for wanted_status in (None, *SendStatus):
            found = ids(history, SendFilter(type=wanted_type, status=wanted_status))
            assert found == [
                send.id
                for (document_type, status), send in reversed(made.items())
                if wanted_type in (None, document_type) and wanted_status in (None, status)
            ]


@pytest.mark.feature("S70")
@pytest.mark.feature("S71")
@pytest.mark.feature("S72")
@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("F-2026-0142", True),
        ("f-2026-0142", True),
        ("0142", True),
        ("014", True),
        ("2026-0142", True),
        ("F-2026-0143", False),
        ("142", False),
        ("electricite", True),
        ("ÉLECTRICITÉ", True),
        ("élec fact", True),
        ("électricités", False),
        ("lectricite", False),
        ("oeuvre", True),
        ("Œuv", True),
        ("de", True),
        ("d", True),
        ("el", False),
        ("x 0142", True),
        ("dupont 2026", True),
        ("dupont 2025", False),
        ("lodeve", True),
        ("equipe", True),
        ("l'équipe", True),
        ("chantierdunelongueurpeuordinaire", True),
        ("chantierdunelongueurpeuordinairf", False),
        ("", True),
    ],
)
def test_every_word_typed_begins_a_word_of_subject_name_or_number(
    history: Sends, typed: str, finds: bool
) -> None:
    send = a_send(
        subject="Facture d’électricité - Dupont (l’équipe de Lodève)",
        documents=(
            frozen("F-2026-0142", "Main d’œuvre"),
            frozen("B-7", "Chantierdunelongueurpeuordinairement"),
        ),
    )
    history.create(send)
    history.create(a_send(subject="Autre", documents=(frozen("Z-9", "Rien"),)))

    found = ids(history, SendFilter(q=typed))

    assert (send.id in found) is finds


@pytest.mark.feature("S72")
def test_a_number_typed_whole_finds_no_other_with_the_same_end(history: Sends) -> None:
    order = a_send(subject="Bon de commande", documents=(frozen("BC-2026-0142", "Bon"),))
    invoice = a_send(subject="Facture", documents=(frozen("F-2026-0142", "Facture"),))
    short = a_send(subject="Facture", documents=(frozen("F-1", "Facture"),))
    for send in (order, invoice, short):
        history.create(send)

    assert ids(history, SendFilter(q="F-2026-0142")) == [invoice.id]
    assert ids(history, SendFilter(q="BC-2026-0142")) == [order.id]
    assert ids(history, SendFilter(q="F-1")) == [short.id]


@pytest.mark.feature("S81")
@pytest.mark.feature("B24")
def test_recipient_campaign_document_dates_and_words_combine(history: Sends) -> None:
    target = a_send(
        minute=5,
        campaign_id=CAMPAIGN,
        campaign_name="Relances",
        recipients=to("A.B@x.example", "c@x.example"),
        documents=(frozen(), frozen("F-2", id=DocumentId("01JDEXAMPLEDOCUMENT0000002"))),
    )
    others = [
        replace(a_send(minute=4), campaign_id=CAMPAIGN, campaign_name="Relances"),
        a_send(minute=6, recipients=to("c@x.example")),
        a_send(minute=65, campaign_id=CAMPAIGN, recipients=to("c@x.example")),
    ]
    for send in (*others, target):
        history.create(send)
    wanted = SendFilter(
        type=DocumentType.INVOICE,
        status=SendStatus.QUEUED,
        q="fact dupont",
        since=NOW,
        before=NOW + timedelta(hours=1),
        recipient="a.b@X.example",
        campaign_id=CAMPAIGN,
        document_id="01JDEXAMPLEDOCUMENT0000002",
    )

    assert ids(history, wanted) == [target.id]
    assert ids(history, wanted.model_copy(update={"recipient": "c@x.example"})) == [target.id]
    assert ids(history, wanted.model_copy(update={"recipient": ""})) == [target.id]
    assert ids(history, SendFilter(campaign_id=CAMPAIGN, q="f-2")) == [target.id]
    assert ids(history, SendFilter(recipient="d@x.example")) == []
    for other in (
        wanted.model_copy(update={"type": DocumentType.STAFF_LIST}),
        wanted.model_copy(update={"status": SendStatus.FAILED}),
        wanted.model_copy(update={"q": "fact dupond"}),
        wanted.model_copy(update={"since": NOW + timedelta(minutes=6)}),
        wanted.model_copy(update={"before": NOW + timedelta(minutes=5)}),
        wanted.model_copy(update={"campaign_id": "01JDEXAMPLECAMPAIGN0000002"}),
        wanted.model_copy(update={"document_id": "01JDEXAMPLEDOCUMENT0000003"}),
    ):
        assert ids(history, other) == []


@pytest.mark.parametrize("q", ["", "dupont"])
def test_dates_include_their_beginning_and_exclude_their_end(history: Sends, q: str) -> None:
    made = {minute: a_send(minute=minute) for minute in (0, 1, 2)}
    for send in made.values():
        history.create(send)

    def between(since: datetime | None, before: datetime | None) -> list[str]:
        return ids(history, SendFilter(q=q, since=since, before=before))

    one, two = NOW + timedelta(minutes=1), NOW + timedelta(minutes=2)
    microsecond = timedelta(microseconds=1)
    assert between(one, two) == [made[1].id]
    assert between(one, None) == [made[2].id, made[1].id]
    assert between(None, one) == [made[0].id]
    assert between(one + microsecond, None) == [made[2].id]
    assert between(None, one + microsecond) == [made[1].id, made[0].id]
    assert between(two, one) == []


@pytest.mark.parametrize("wanted", [SendFilter(), SendFilter(q="dupont")])
@pytest.mark.parametrize("cursor", ["é", "x y", "PGFi", "", "a" * 200])
def test_a_made_up_cursor_is_refused(history: Sends, wanted: SendFilter, cursor: str) -> None:
    with pytest.raises(InputError) as raised:
        history.list_page(wanted, cursor=cursor, limit=10)

    assert raised.value.problems[0].field == "cursor"
    assert raised.value.problems[0].code == "cursor_invalid"


def test_one_word_too_short_is_no_filter(history: Sends) -> None:
    send = a_send()
    history.create(send)

    assert ids(history, SendFilter(q="z")) == [send.id]
    assert ids(history, SendFilter(q="z", status=SendStatus.QUEUED)) == [send.id]


@pytest.mark.feature("B37")
def test_failures_that_are_over_leave_the_open_ones_and_come_back(history: Sends) -> None:
    made = [a_send(minute=n) for n in range(6)]
    for send in made:
        history.create(send)
        end_as(history, send, SendStatus.FAILED)
    sent = a_send(minute=7)
    history.create(sent)
    end_as(history, sent, SendStatus.SENT)

    def change(send: Send, **changes: Any) -> None:
        assert history.advance(replace(history.get_row(send.id), **changes))

    change(made[1], resolved_at=NOW)
    change(made[2], by_retries=Resolution.RETRIED)
    change(made[3], resolved_at=NOW)
    change(made[3], resolved_at=None)

    def found(**wanted: Any) -> list[str]:
        return ids(history, SendFilter(**wanted))

    newest_first = [send.id for send in reversed(made)]
    over = [made[2].id, made[1].id]
    opened = [each for each in newest_first if each not in over]
    assert found(resolution=Resolution.OPEN) == opened
    assert found(resolution=Resolution.OPEN, q="dupont", campaign_id="") == opened
    assert found(resolution=Resolution.RETRIED) == [made[2].id]
    assert found(resolution=Resolution.RESOLVED, type=DocumentType.INVOICE) == [made[1].id]
    assert found(status=SendStatus.FAILED) == newest_first
    assert found(type=DocumentType.INVOICE) == [sent.id, *newest_first]
    assert found(status=SendStatus.SENT, resolution=Resolution.OPEN) == []
    pages = history.list_page(SendFilter(status=SendStatus.FAILED), cursor=None, limit=4)
    rest = history.list_page(SendFilter(status=SendStatus.FAILED), cursor=pages.next, limit=4)
    assert [row.id for row in (*pages.items, *rest.items)] == newest_first


def test_what_is_known_of_a_failure_is_read_as_it_was_stored(history: Sends) -> None:
    send = a_send(retry_of=None)
    history.create(send)
    stored = replace(
        history.get_row(send.id),
        resolved_at=NOW,
        by_retries=Resolution.RESOLVED,
        owes_original=True,
        notice_at=NOW,
    )

    assert history.advance(stored)

    assert history.get_row(send.id) == replace(stored, revision=stored.revision + 1)
    assert history.advance(
        replace(history.get_row(send.id), resolved_at=None, by_retries=None, notice_at=None)
    )
    assert history.get_row(send.id).resolved_at is None
    assert history.get_row(send.id).notice_at is None
    assert history.get_row(send.id).by_retries is None
