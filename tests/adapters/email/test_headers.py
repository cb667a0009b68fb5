"""Header lines: values are read as typed, and none can break its line."""

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32
from email.utils import parseaddr

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from facteur.adapters.email.compose import MailComposer
from facteur.adapters.email.headers import (
    address_header,
    attachment_headers,
    mailbox_header,
    text_header,
)
from facteur.domain.filenames import distinct_filenames
from facteur.domain.headers import MAX_SUBJECT, check_header
from facteur.domain.message import PlannedMessage
from facteur.ports import Attachment
from tests.adapters.email.examples import SEND, SENDER, header_addresses, mail_of, parse, sources

BREAKERS = [
    "a\r\nBcc: victim@client.example.com",
    "a\nBcc: victim@client.example.com",
    "a\rb",
    "a\x00b",
    "a\u2028b",
    "a\x85b",
    "=?utf-8?q?victim=40client.example.com?=",
    "=?utf-8?q?two words?=",
]
typed = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=MAX_SUBJECT)


def accepted(value: str) -> str:
    """``value`` trimmed as requests are, if it passes their checks."""
    assume(not check_header(value, field="subject"))
    return value.strip()


def read_name(source: bytes) -> str:
    """The name in From by RFC 2047; the newer parser keeps a gap between encoded-words."""
    phrase, _ = parseaddr(message_from_bytes(source, policy=compat32)["From"])
    return str(make_header(decode_header(phrase)))


@pytest.mark.feature("S7")
@given(subject=typed)
@example(subject="Facture  F-2026-0142 -  Café «L’Étoile»")
@example(subject="a" * 255)
@example(subject="mot " * 60)
@example(subject="=?")
@example(subject="5 €?= =?")
@example(subject="😀" * 120)
def test_any_accepted_subject_is_read_as_typed(subject: str) -> None:
    value = accepted(subject)

    assert mail_of(replace(SEND, subject=value))["Subject"] == value


@given(name=typed)
@example(name="Durand, Claire")
@example(name='Claire "la cheffe" Durand \\')
@example(name="Élodie, Chef <elodie@evil.example>")
@example(name="claire@evil.example")
@example(name="O'Neil (Éditions)")
@example(name="n" * 200)
@example(name="=?")
def test_any_accepted_name_is_read_as_typed_beside_one_address(name: str) -> None:
    value = accepted(name)

    [source] = sources(replace(SEND, sender=replace(SENDER, name=value)))

    assert header_addresses(parse(source), "From") == [SENDER.address]
    assert read_name(source) == value


@given(filename=typed.map(lambda name: f"{name}.pdf".strip()))
def test_any_accepted_file_name_is_read_as_typed(filename: str) -> None:
    assume(not check_header(filename, field="filename"))

    part = parse(attachment_headers(filename) + b"\r\n")

    assert part.get_filename() == filename


@pytest.mark.parametrize("value", BREAKERS)
def test_value_that_could_break_a_header_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="Subject holds"):
        text_header("Subject", value)
    with pytest.raises(ValueError, match="From holds"):
        mailbox_header("From", display_name=value, address=SENDER.address)
    with pytest.raises(ValueError, match="To holds"):
        address_header("To", ["a@b.example", value])
    with pytest.raises(ValueError, match="Content-Disposition holds"):
        attachment_headers(value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@b.example,c@d.example",
        "<a@b.example>",
        "a b@c.example",
        "é@b.example",
        "a@b.example (c)",
        "a@[1.2.3.4]",
        "=?x?q?a?=@b.example",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="Cc holds"):
        address_header("Cc", [address])
    with pytest.raises(ValueError, match="From holds"):
        mailbox_header("From", display_name="", address=address)


@pytest.mark.parametrize("field", ["subject", "sender"])
def test_composer_raises_rather_than_write_a_broken_header(field: str) -> None:
    broken = {
        "subject": replace(SEND, subject=BREAKERS[0]),
        "sender": replace(SEND, sender=replace(SENDER, name=BREAKERS[0])),
    }

    with pytest.raises(ValueError, match="holds a control character"):
        MailComposer().compose(broken[field], [])


def test_composition_raises_rather_than_name_somebody_else() -> None:
    planned = PlannedMessage(0, (), ("a@b.example\r\nBcc: c@d.example",), ())

    with pytest.raises(ValueError, match="To holds"):
        MailComposer().compose(SEND, []).source(planned)


def test_error_of_a_broken_header_does_not_quote_it() -> None:
    with pytest.raises(ValueError, match="Subject") as raised:
        text_header("Subject", "secret\r\n")

    assert "secret" not in str(raised.value)


def test_thousand_addresses_are_folded_and_read_in_order() -> None:
    addresses = [f"person-{n}@client.example.com" for n in range(1_000)]

    line = address_header("Cc", addresses)

    assert max(len(part) for part in line.split(b"\r\n")) <= 78
    assert header_addresses(parse(line + b"\r\n"), "Cc") == addresses


def test_namesakes_keep_distinct_names() -> None:
    names = distinct_filenames(["Étoile.pdf", "Étoile.pdf"])
    attachments = [Attachment(name, b"%PDF") for name in names]

    source = MailComposer().compose(SEND, attachments).source(SEND.messages()[0])

    found = [part.get_filename() for part in parse(source).iter_attachments()]
    assert found == ["Étoile.pdf", "Étoile (2).pdf"]
