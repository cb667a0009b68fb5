"""The notice of a failure, as its reader sees it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facteur.domain.address import Recipient, Role
from facteur.domain.campaign import Campaign, CampaignDraft, CampaignStatus, PauseReason
from facteur.domain.content import DocumentType
from facteur.domain.explanations import explain
from facteur.domain.headers import MAX_SUBJECT, check_header
from facteur.domain.identity import CampaignId, DocumentId, SendId, UserId
from facteur.domain.message import EventDetail, EventKey, MessageEvent, MessageState
from facteur.domain.notice import notice_of
from facteur.domain.recurrence import Weekly
from facteur.domain.send import FrozenDocument, Origin, Send, SendFailure, recipient_outcomes
from facteur.domain.settings import Sender
from facteur.locales import Locale
from tests.fakes import CONSOLE

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def failed_send(count: int, *, subject: str = "Facture F-2026-0142", locale: Locale) -> Send:
    return Send(
        id=SendId("01SEND"),
        origin=Origin.CAMPAIGN,
        created_by=UserId("marie"),
        queued_at=NOW,
        sender=Sender(
            name="Marie",
            address="factures@atelier.example",
            reply_to="marie@home.example",
            copy_to="marie@home.example",
        ),
        recipients=tuple(Recipient(f"client{n}@x.example", Role.TO) for n in range(count)),
        separate=True,
        copy="marie@home.example",
        subject=subject,
        body="Bonjour",
        locale=locale,
    )


CAMPAIGN = Campaign(
    id=CampaignId("01CAMPAIGN"),
    draft=CampaignDraft(
        name="Liste du lundi",
        document_type=DocumentType.STAFF_LIST,
        document_ids=(),
        recipients=(),
        copy_to_sender=False,
        separate=False,
        subject="",
        body="",
        recurrence=Weekly((4,), time(8)),
        timezone="Europe/Paris",
        auto_increment_date=False,
    ),
    status=CampaignStatus.ACTIVE,
    owner=UserId("marie"),
    version=1,
    created_at=NOW,
    updated_at=NOW,
)
DOCUMENT = FrozenDocument(
    id=DocumentId("01DOCUMENT"),
    type=DocumentType.STAFF_LIST,
    name="Équipe Bercy",
    number="",
    date=date(2026, 12, 31),
    filename="x.pdf",
    size=1,
    sha256="0" * 64,
)


def of_campaign(send: Send) -> Send:
    """The Send as that of an occurrence at eight in Paris, on 31 December."""
    return replace(
        send,
        campaign_id=CAMPAIGN.id,
        campaign_name=CAMPAIGN.draft.name,
        occurrence_at=datetime(2026, 12, 31, 7, tzinfo=UTC),
        occurrence_local=datetime(2026, 12, 31, 8),
    )


def unconfirmed(n: int) -> dict[int, MessageState]:
    detail = EventDetail(NOW, "unconfirmed")
    return {n: MessageState(n, events={EventKey(MessageEvent.UNCONFIRMED): detail})}


def failures(count: int) -> dict[int, MessageState]:
    detail = EventDetail(NOW, "address_rejected", "550 5.1.1 user unknown")
    return {
        n: MessageState(n, events={EventKey(MessageEvent.FAILED): detail}) for n in range(count)
    }


def notice(
    send: Send, states: dict[int, MessageState], *, campaign: Campaign | None = None
) -> Send:
    return notice_of(
        send, states, campaign=campaign, console=CONSOLE, notice_id=SendId("01NOTICE"), now=NOW
    )


def plain(body: str) -> str:
    return body.replace("\u00a0", " ")


@pytest.mark.feature("B25")
def test_a_notice_says_what_failed_for_whom_why_and_what_to_do() -> None:
    send = failed_send(2, locale=Locale("fr"))

    sent = notice(send, failures(1))

    assert plain(sent.subject) == "Échec d’envoi : Facture F-2026-0142"
    assert plain(sent.body) == (
        "Votre envoi « Facture F-2026-0142 » a échoué pour 1 de ses 2 destinataires.\n"
        "\n"
        "- client0@x.example : Cette adresse n’existe pas, ou le serveur du destinataire la"
        " refuse.\n"
        "  (550 5.1.1 user unknown)\n"
        "\n"
        "Que faire : Vérifiez l’adresse auprès du destinataire, puis relancez l’envoi en la"
        " corrigeant.\n"
        "\n"
        "Pour relancer : ouvrez cet envoi, puis « Relancer ». Seuls ces destinataires le"
        " recevront, avec le même document.\n"
        "\n"
        "Voir cet envoi : https://facteur.example/historique/01SEND"
    )


@pytest.mark.feature("B25")
def test_a_notice_names_the_campaign_and_its_occurrence_by_its_local_time() -> None:
    send = of_campaign(failed_send(1, locale=Locale("en")))

    sent = notice(send, failures(1))

    assert "Campaign “Liste du lundi”, planned for 31/12/2026 at 08:00." in sent.body


def test_an_occurrence_of_version_0_1_0_is_told_in_the_zone_of_its_campaign() -> None:
    send = replace(of_campaign(failed_send(1, locale=Locale("fr"))), occurrence_local=None)

    known = notice(send, failures(1), campaign=CAMPAIGN)
    unknown = notice(send, failures(1))

    assert "envoi prévu le 31/12/2026 à 08:00." in known.body
    assert plain("Campagne « Liste du lundi ».") in plain(unknown.body)


@pytest.mark.feature("B2", "B25")
def test_what_is_not_confirmed_is_not_said_to_have_failed() -> None:
    send = failed_send(1, locale=Locale("fr"))

    sent = notice(send, unconfirmed(0))

    assert plain(sent.subject) == "Envoi non confirmé : Facture F-2026-0142"
    assert "échou" not in sent.body
    assert "n’est pas confirmé. Il est peut-être arrivé." in sent.body
    assert "Facteur ne renvoie pas de lui-même un message qui n’est pas confirmé." in sent.body
    assert "Demandez au destinataire s’il l’a reçu avant de relancer" in sent.body


@pytest.mark.feature("B25")
def test_failures_and_what_is_not_confirmed_are_told_apart() -> None:
    send = failed_send(3, locale=Locale("en"))

    sent = notice(send, failures(1) | unconfirmed(1))

    failed, _, unsure = sent.body.partition("It is not confirmed for these recipients")
    assert sent.subject == "Sending failed: Facture F-2026-0142"
    assert "failed for 1 of its 3 recipients." in failed
    assert "client0@x.example" in failed
    assert "client1@x.example" not in failed
    assert "client1@x.example" in unsure
    assert "client0@x.example" not in unsure
    assert "client2@x.example" not in sent.body


@pytest.mark.feature("B25")
def test_a_document_that_is_gone_is_not_promised_again() -> None:
    unfrozen = replace(DOCUMENT, size=0, sha256="")
    gone = SendFailure(code="document_unavailable", detail=DOCUMENT.id)
    send = replace(
        of_campaign(failed_send(40, locale=Locale("fr"))), failure=gone, documents=(unfrozen,)
    )

    sent = notice(send, {})

    assert "n’a pas eu lieu\u00a0: rien n’est parti." in sent.body
    assert sent.body.count("Un document à joindre n’existe plus") == 1
    assert "@x.example" not in sent.body
    assert DOCUMENT.id not in sent.body
    assert "même document" not in sent.body
    assert "Le document sera préparé à ce moment-là" in sent.body


def test_a_send_that_had_nobody_to_go_to_says_why_and_does_not_ask_to_retry() -> None:
    send = replace(failed_send(0, locale=Locale("fr")), failure=SendFailure(code="no_recipients"))

    sent = notice(send, {})

    assert "La campagne n’a plus de destinataire" in sent.body
    assert "Pour relancer" not in sent.body


@pytest.mark.feature("B12", "B25")
def test_a_notice_says_that_the_campaign_paused_itself_and_how_to_resume() -> None:
    send = of_campaign(failed_send(1, locale=Locale("en")))
    paused = replace(
        CAMPAIGN, status=CampaignStatus.PAUSED, pause_reason=PauseReason.REACHED_NOBODY
    )

    says = notice(send, failures(1), campaign=paused).body
    by_hand = notice(send, failures(1), campaign=replace(paused, pause_reason=None)).body
    of_a_test = notice(replace(send, origin=Origin.TEST), failures(1), campaign=paused).body

    assert "The last 3 sends of this campaign reached nobody: it has paused itself." in says
    assert "open the campaign, then “Resume”: https://facteur.example/campagnes/01CAMPAIGN" in says
    assert "paused itself" not in by_hand
    assert "paused itself" not in of_a_test


@given(
    st.lists(st.sampled_from([*MessageEvent]), min_size=1, max_size=4),
    st.sampled_from(Locale),
)
def test_every_failure_is_named_once_whatever_became_of_the_others(
    events: list[MessageEvent], locale: Locale
) -> None:
    send = failed_send(len(events), locale=locale)
    states = {
        n: MessageState(n, events={EventKey(event): EventDetail(NOW, "unknown")})
        for n, event in enumerate(events)
    }

    body = notice(send, states).body

    for outcome in recipient_outcomes(send, states):
        if outcome.role is Role.TO:
            assert body.count(f"- {outcome.address}") == outcome.is_failure


def test_a_notice_goes_from_the_verified_address_to_whoever_sent_it_and_to_nobody_else() -> None:
    sent = notice(failed_send(1, locale=Locale("fr")), failures(1))

    (message,) = sent.messages()
    assert [recipient.address for recipient in message.envelope] == ["marie@home.example"]
    assert sent.sender.address == "factures@atelier.example"
    assert sent.origin is Origin.NOTICE
    assert not sent.documents


def test_a_notice_names_ten_and_counts_the_others() -> None:
    sent = notice(failed_send(13, locale=Locale("en")), failures(13))

    assert sent.body.count("@x.example") == 10
    assert "… and 3 more, listed in the history." in sent.body
    assert sent.body.count("What to do:") == 1


@pytest.mark.parametrize("locale", Locale)
def test_the_subject_of_a_notice_is_a_valid_header_whatever_it_is_about(locale: Locale) -> None:
    sent = notice(failed_send(1, subject="x" * MAX_SUBJECT, locale=locale), failures(1))

    assert len(sent.subject) <= MAX_SUBJECT
    assert not check_header(sent.subject, field="subject")


def test_braces_in_a_subject_are_sent_as_they_are() -> None:
    sent = notice(failed_send(1, subject="{0} {subject}", locale=Locale("fr")), failures(1))

    assert "« {0} {subject} »" in plain(sent.body)


def test_what_a_remote_server_says_stays_short_and_in_its_line() -> None:
    detail = EventDetail(NOW, "mailbox_full", "452\r\nBcc: everybody " + "x" * 5_000)
    states = {0: MessageState(0, events={EventKey(MessageEvent.FAILED): detail})}

    sent = notice(failed_send(1, locale=Locale("fr")), states)

    assert "  (452 Bcc: everybody xxx" in sent.body
    assert len(sent.body) < 1_000


def test_code_met_for_the_first_time_gets_general_words() -> None:
    assert explain("never seen", Locale("en")) == ("The send failed.", "Retry the send.")
