"""The notice of a failure, as its reader sees it."""

from datetime import UTC, datetime

import pytest

from facteur.domain.address import Recipient, Role
from facteur.domain.explanations import explain
from facteur.domain.headers import MAX_SUBJECT, check_header
from facteur.domain.identity import SendId, UserId
from facteur.domain.message import EventDetail, EventKey, MessageEvent, MessageState
from facteur.domain.notice import notice_of
from facteur.domain.send import Origin, Send
from facteur.domain.settings import Sender
from facteur.locales import Locale

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


def failures(count: int) -> dict[int, MessageState]:
    detail = EventDetail(NOW, "address_rejected", "550 5.1.1 user unknown")
    return {
        n: MessageState(n, events={EventKey(MessageEvent.FAILED): detail}) for n in range(count)
    }


def notice(send: Send, states: dict[int, MessageState]) -> Send:
    return notice_of(send, states, notice_id=SendId("01NOTICE"), now=NOW)


@pytest.mark.feature("B25")
def test_a_notice_says_what_failed_for_whom_why_and_what_to_do() -> None:
    send = failed_send(2, locale=Locale("fr"))

    sent = notice(send, failures(1))

    assert sent.subject == "Échec d’envoi : Facture F-2026-0142"
    assert sent.body == (
        "Votre envoi « Facture F-2026-0142 » a échoué pour 1 de ses 2 destinataires :\n"
        "\n"
        "- client0@x.example : Cette adresse n’existe pas, ou le serveur du destinataire la"
        " refuse.\n"
        "  (550 5.1.1 user unknown)\n"
        "\n"
        "Que faire : Vérifiez l’adresse auprès du destinataire, puis relancez l’envoi en la"
        " corrigeant.\n"
        "\n"
        "Pour relancer : dans Facteur, onglet Historique, ouvrez cet envoi puis « Relancer »."
        " Seuls les destinataires en échec le recevront, avec le même document."
    )


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

    assert "« {0} {subject} »" in sent.body


def test_what_a_remote_server_says_stays_short_and_in_its_line() -> None:
    detail = EventDetail(NOW, "mailbox_full", "452\r\nBcc: everybody " + "x" * 5_000)
    states = {0: MessageState(0, events={EventKey(MessageEvent.FAILED): detail})}

    sent = notice(failed_send(1, locale=Locale("fr")), states)

    assert "  (452 Bcc: everybody xxx" in sent.body
    assert len(sent.body) < 1_000


def test_code_met_for_the_first_time_gets_general_words() -> None:
    assert explain("never seen", Locale("en")) == ("The send failed.", "Retry the send.")
