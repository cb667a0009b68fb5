"""Raw mails of every mode contain no address that should not be there."""

from dataclasses import replace

import pytest

from facteur.domain.address import Recipient, Role
from facteur.domain.identity import SendId
from facteur.domain.send import Origin, Send
from tests.adapters.email.examples import (
    SEND,
    SENDER,
    addresses_in,
    from_default_sender,
    header_addresses,
    parse,
    people,
    sources,
)

TO = (Recipient("martin@client.example.com", Role.TO),)
CC = people(3, Role.CC)
BCC = people(4, Role.BCC)
BOSS = "direction@atelier.example.com"


def everybody(send: Send) -> set[str]:
    copy = {send.copy} if send.copy else set()
    return {recipient.address for recipient in send.recipients} | copy


@pytest.mark.feature("S4")
@pytest.mark.feature("S5")
@pytest.mark.feature("S6")
def test_grouped_immediate_mail_shows_to_and_cc_and_hides_blind_copies() -> None:
    send = replace(SEND, recipients=TO + CC + BCC)

    [source] = sources(send)

    mail = parse(source)
    assert header_addresses(mail, "To") == ["martin@client.example.com"]
    assert header_addresses(mail, "Cc") == [recipient.address for recipient in CC]
    assert "Bcc" not in mail
    assert addresses_in(source, everybody(send)) == {r.address for r in TO + CC}


@pytest.mark.feature("S13")
def test_copy_of_the_sender_stands_in_the_envelope_and_in_no_header() -> None:
    send = replace(SEND, recipients=TO + CC + BCC, copy=BOSS)

    [source] = sources(send)

    [planned] = send.messages()
    assert BOSS in [recipient.address for recipient in planned.envelope]
    assert addresses_in(source, [BOSS]) == set()


@pytest.mark.feature("S28")
@pytest.mark.parametrize("count", [2, 12, 50])
def test_campaign_to_several_is_blind_and_shows_the_sender(count: int) -> None:
    send = replace(SEND, origin=Origin.CAMPAIGN, recipients=people(count, Role.BCC), copy=BOSS)

    for source in sources(send):
        mail = parse(source)
        assert header_addresses(mail, "To") == [SENDER.address]
        assert mail["To"].addresses[0].display_name == "Claire Durand"
        assert "Cc" not in mail
        assert "Bcc" not in mail
        assert addresses_in(source, everybody(send)) == set()


def test_blind_mail_of_a_default_sender_shows_that_sender_in_to() -> None:
    send = from_default_sender(replace(SEND, recipients=people(3, Role.BCC)))

    [source] = sources(send)

    mail = parse(source)
    assert header_addresses(mail, "From") == ["envois@atelier.example.com"]
    assert header_addresses(mail, "To") == ["envois@atelier.example.com"]
    assert header_addresses(mail, "Reply-To") == ["claire@home.example"]
    assert addresses_in(source, everybody(send)) == set()


@pytest.mark.feature("S14")
@pytest.mark.feature("S15")
@pytest.mark.feature("S27")
@pytest.mark.parametrize("origin", [Origin.MANUAL, Origin.CAMPAIGN, Origin.RETRY])
def test_separate_mails_name_their_own_recipient_and_nobody_else(origin: Origin) -> None:
    send = replace(SEND, origin=origin, recipients=TO + CC + BCC, separate=True, copy=BOSS)

    made = sources(send)

    assert len(made) == len(everybody(send))
    for planned, source in zip(send.messages(), made, strict=True):
        own = planned.envelope[0].address
        mail = parse(source)
        assert header_addresses(mail, "To") == [own]
        assert "Cc" not in mail
        assert "Bcc" not in mail
        assert addresses_in(source, everybody(send)) == {own}


def test_separate_mails_are_different_messages() -> None:
    send = replace(SEND, recipients=people(3, Role.BCC), separate=True)

    ids = {parse(source)["Message-ID"] for source in sources(send)}

    assert len(ids) == 3


@pytest.mark.feature("S28")
@pytest.mark.parametrize("recipients", [people(120, Role.BCC), TO + CC + people(120, Role.BCC)])
def test_mail_split_over_several_envelopes_is_the_same_to_the_byte(
    recipients: tuple[Recipient, ...],
) -> None:
    send = replace(SEND, recipients=recipients, copy=BOSS)

    made = sources(send)

    envelopes = [planned.envelope for planned in send.messages()]
    assert len(made) == 3
    assert len(set(made)) == 1
    assert max(len(envelope) for envelope in envelopes) <= 50
    assert sum(len(envelope) for envelope in envelopes) == len(recipients) + 1
    visible = {r.address for r in recipients if r.role is not Role.BCC}
    assert addresses_in(made[0], everybody(send)) == visible


def test_visible_recipients_beyond_an_envelope_are_all_shown_in_every_message() -> None:
    send = replace(SEND, recipients=TO + people(150, Role.CC))

    made = sources(send)

    assert len(made) == 4
    for source in made:
        assert header_addresses(parse(source), "Cc") == [r.address for r in send.recipients[1:]]


def test_notice_goes_to_its_sender_and_is_labelled_as_automatic() -> None:
    send = replace(
        SEND,
        origin=Origin.NOTICE,
        recipients=(Recipient(SENDER.copy_to, Role.TO),),
        documents=(),
        body="L’envoi n’a pas abouti.",
    )

    [source] = sources(send)

    mail = parse(source)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert header_addresses(mail, "To") == [SENDER.copy_to]
    assert mail.get_content_type() == "multipart/alternative"
    assert b"martin@" not in source


def test_mail_of_a_person_is_not_labelled_as_automatic() -> None:
    [source] = sources(SEND)

    assert "Auto-Submitted" not in parse(source)


def test_retry_names_only_those_it_retries() -> None:
    original = replace(SEND, recipients=TO + CC + BCC)
    retry = replace(
        original,
        id=SendId("01JDE0000000000000000000AC"),
        origin=Origin.RETRY,
        recipients=BCC[:2],
        retry_of=original.id,
        covers=tuple(recipient.address for recipient in BCC[:2]),
    )

    for source in sources(retry):
        assert addresses_in(source, everybody(original)) == set()
