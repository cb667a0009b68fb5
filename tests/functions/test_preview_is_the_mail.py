"""The preview is the mail: the same bytes, but for the ids and instants of a Send."""

import itertools
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from facteur.adapters.email.compose import MailComposer
from facteur.domain.identity import SendId
from facteur.domain.send import Send
from facteur.locales import Locale
from facteur.ports import Attachment, MailText
from tests.fakes import FakeComposer
from tests.functions.calling import INVOICE, ORDER, ORGANIZATION, STAFF_LIST, Api
from tests.functions.test_retry_campaign import run

SIGNATURE = "<p><strong>Claire Durand</strong><br>01 23 45 67 89</p>"
MODES = [
    {"cc": ["a@x.example"], "bcc": ["b@y.example", "c@y.example"]},
    {"cc": ["a@x.example"], "bcc": ["b@y.example"], "separate": True},
    {"copy_to_sender": True},
    {"copy_to_sender": True, "separate": True, "cc": ["a@x.example"]},
]
BODY = "Bonjour,\n\nVoyez https://atelier.example/a?b=c&d=<e> : {document_name}.\n\nMerci."
CASES = list(
    itertools.product(
        [STAFF_LIST, INVOICE, ORDER], MODES, ["", SIGNATURE], [one.value for one in Locale]
    )
)


def mails_of(api: Api, send: Send) -> list[EmailMessage]:
    """The mails of a Send as SES is handed them."""
    files = [
        Attachment(document.filename, api.archive.get(ORGANIZATION, document.sha256))
        for document in send.documents
    ]
    composition = MailComposer().compose(send, files)
    return [
        message_from_bytes(composition.source(planned), policy=policy.default)
        for planned in send.messages()
    ]


def ensure_same(preview: Any, api: Api, send: Send) -> None:
    mails = mails_of(api, send)
    planned = send.messages()

    assert len(preview["messages"]) == len(mails)
    for shown, mail, message in zip(preview["messages"], mails, planned, strict=True):
        assert shown["from"] == str(mail["From"])
        assert shown["to_header"] == str(mail["To"])
        assert shown["envelope"] == [recipient.address for recipient in message.envelope]
        assert preview["subject"] == str(mail["Subject"])
        for kind in ("html", "plain"):
            part = mail.get_body((kind,))
            assert part is not None
            text = part.get_content().replace("\r\n", "\n")
            assert text == preview["html" if kind == "html" else "text"]
        files = [part.get_filename() for part in mail.iter_attachments()]
        assert files == [document["filename"] for document in preview["documents"]]


@dataclass
class TrueTexts(FakeComposer):
    """Makes the texts of mails as the real one does."""

    def text(self, send: Send) -> MailText:
        return MailComposer().text(send)


def prepared(api: Api, signature: str, locale: str) -> None:
    api.composer = TrueTexts()
    profile = api("GET", "/v1/profile").json
    api("PUT", "/v1/profile", profile | {"signature": signature})
    settings = api("GET", "/v1/settings").json
    api("PUT", "/v1/settings", settings | {"locale": locale})


@pytest.mark.feature("B38")
@pytest.mark.feature("B9")
@pytest.mark.parametrize(("document", "mode", "signature", "locale"), CASES)
def test_preview_of_an_immediate_send_is_its_mail(
    api: Api, document: dict[str, Any], mode: dict[str, Any], signature: str, locale: str
) -> None:
    prepared(api, signature, locale)
    second = document | {"number": "N-2", "name": "Autre"}
    ids = [api.create(document, publish=True), api.create(second, publish=True)]
    body = {"document_ids": ids, "to": "compta@dupont.example", "body": BODY, **mode}

    preview = api("POST", "/v1/preview", body).json
    sent = api("POST", "/v1/sends", body).json

    ensure_same(preview, api, api.store.sends(ORGANIZATION).get(SendId(sent["id"])))
    assert preview["html"].count('class="document"') == 2


@pytest.mark.feature("B38")
@pytest.mark.parametrize(("document", "mode", "signature", "locale"), CASES[::3])
def test_preview_of_a_campaign_is_the_mail_of_its_next_occurrence(
    api: Api, document: dict[str, Any], mode: dict[str, Any], signature: str, locale: str
) -> None:
    prepared(api, signature, locale)
    draft = {
        "name": "Tous les lundis",
        "document_type": document["type"],
        "document_ids": [api.create(document, publish=True)],
        "recipients": [*mode.get("cc", ()), *mode.get("bcc", ()), "compta@dupont.example"],
        "copy_to_sender": mode.get("copy_to_sender", False),
        "separate": mode.get("separate", False),
        "body": BODY,
        "recurrence": {"kind": "weekly", "weekday": 1, "time": "08:00"},
        "auto_increment_date": document["type"] == "staff_list",
    }

    preview = api("POST", "/v1/preview", draft).json
    campaign = api("POST", "/v1/campaigns", draft).json
    row = run(api, campaign)

    ensure_same(preview, api, api.store.sends(ORGANIZATION).get(SendId(row["id"])))
