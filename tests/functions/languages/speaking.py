"""Everything that people read, in the language ``eo``: run with a core that has it.

Writes a JSON object to the file it is given.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from facteur.adapters.email.compose import MailComposer
from facteur.domain.identity import SendId
from facteur.domain.message import MessageEvent
from facteur.domain.notice import notice_of
from facteur.locales import Locale
from scripts.finish_build import trim
from scripts.openapi import document
from tests.adapters.pdf import samples
from tests.fakes import CONSOLE
from tests.functions.calling import INVOICE, ORGANIZATION, Api
from tests.functions.test_campaigns import MONTHLY, created

ESPERANTO = Locale("eo")


def everything() -> dict[str, Any]:
    """What is said, by what says it."""
    api = Api()
    said: dict[str, Any] = {
        "settings": chosen(api, "/v1/settings"),
        "profile": chosen(api, "/v1/profile"),
        "api": document()["components"]["schemas"]["Locale"]["enum"],
    }
    refused = api("POST", "/v1/sends", {}, accept_language="eo-001, fr;q=0.5")
    said["problem"] = refused.json["detail"]
    said["problem_of_field"] = refused.json["errors"][0]["message"]
    said["problem_by_default"] = api("POST", "/v1/sends", {}, accept_language="").json["detail"]
    campaign = created(api, recurrence=MONTHLY)
    said["copy"] = api("POST", f"/v1/campaigns/{campaign['id']}/duplicate").json["name"]
    said |= sending(api)
    settings = replace(samples.FULL, locale=ESPERANTO)
    said["invoice"] = samples.text(samples.INVOICE, settings)
    said["order"] = samples.text(samples.ORDER, settings)
    said["shipped"] = is_shipped("de_DE.dat")
    said["staff_list"] = samples.text(samples.STAFF, settings)
    return said


def is_shipped(babel_file: str) -> bool:
    """Does the build keep what babel knows of a language?"""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "python" / "babel" / "locale-data" / babel_file
        file.parent.mkdir(parents=True)
        file.touch()
        trim(Path(folder))
        return file.exists()


def chosen(api: Api, path: str) -> object:
    """The language as it reads back after it was chosen."""
    saved = api("PUT", path, api("GET", path).json | {"locale": "eo"})
    assert saved.status == 200, saved.text
    return api("GET", path).json["locale"]


def sending(api: Api) -> dict[str, Any]:
    """What is said of a Send that failed."""
    answer = api.send(api.create(INVOICE))
    api.happens(answer["id"], MessageEvent.FAILED, code="mailbox_full")
    sends = api.store.sends(ORGANIZATION)
    send_id = SendId(answer["id"])
    send = sends.get(send_id)
    notice = notice_of(
        send,
        sends.get_messages(send_id),
        campaign=None,
        console=CONSOLE,
        notice_id=SendId("01NOTICE"),
        now=api.clock.now(),
    )
    mail = MailComposer().text(send)
    return {
        "subject": send.subject,
        "body": send.body,
        "filename": send.documents[0].filename,
        "document": send.documents[0].name,
        "mail": mail.text,
        "mail_html": mail.html,
        "notice": notice.subject + "\n" + notice.body,
        "error": api("GET", f"/v1/sends/{send_id}", accept_language="eo").json["error"],
        "error_by_default": api("GET", f"/v1/sends/{send_id}", accept_language="").json["error"],
        "csv": api("GET", "/v1/sends.csv", accept_language="").text,
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(everything()), "utf-8")
