"""The notice of a failure to the sender: a Send of its own, in plain text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from facteur.domain.address import Recipient, Role
from facteur.domain.explanations import explain
from facteur.domain.headers import MAX_SUBJECT
from facteur.domain.identity import SendId
from facteur.domain.message import MessageState, RecipientOutcome, detail_of
from facteur.domain.send import Origin, Send, recipient_outcomes
from facteur.domain.settings import Sender
from facteur.locales import language_of

if TYPE_CHECKING:
    from facteur.locales.shape import Notice

SENDER_NAME = "Facteur"
MAX_NAMED_RECIPIENTS = 10
"""Failed recipients a notice names; it counts the others."""
MAX_WORDS = 300
"""Characters of a remote server's text in a notice; the history shows all that is stored."""


def notice_of(
    send: Send, states: Mapping[int, MessageState], *, notice_id: SendId, now: datetime
) -> Send:
    """The notice about a failed Send, to its sender, in the language of the Send."""
    words = language_of(send.locale).notice
    failures = [
        outcome
        for outcome in recipient_outcomes(send, states)
        if outcome.is_failure and outcome.role is not Role.COPY
    ]
    return Send(
        id=notice_id,
        origin=Origin.NOTICE,
        created_by=send.created_by,
        queued_at=now,
        sender=Sender(
            name=SENDER_NAME,
            address=send.sender.address,
            reply_to=None,
            copy_to=send.sender.copy_to,
        ),
        recipients=(Recipient(send.sender.copy_to, Role.TO),),
        separate=False,
        copy=None,
        subject=words.subject.format(subject=send.subject)[:MAX_SUBJECT],
        body=_body(send, failures, words),
        locale=send.locale,
    )


def _body(send: Send, failures: Sequence[RecipientOutcome], words: "Notice") -> str:
    total = len(send.recipients)
    template = words.failed if len(failures) == total else words.partly
    lines = [template.format(subject=send.subject, failed=len(failures), total=total), ""]
    for outcome in failures[:MAX_NAMED_RECIPIENTS]:
        cause = explain(outcome.code, send.locale).cause
        lines.append(words.recipient.format(address=outcome.address, cause=cause))
        if outcome.detail:
            lines.append(f"  ({_in_one_line(outcome.detail)})")
    if len(failures) > MAX_NAMED_RECIPIENTS:
        lines.append(words.more.format(count=len(failures) - MAX_NAMED_RECIPIENTS))
    remedies = dict.fromkeys(explain(outcome.code, send.locale).remedy for outcome in failures)
    lines += ["", *(words.remedy.format(remedy=remedy) for remedy in remedies)]
    lines += ["", words.again]
    return "\n".join(lines)


def _in_one_line(words: str) -> str:
    """A remote server's text, which may contain line breaks and be of any length."""
    return detail_of(" ".join(words.split())[:MAX_WORDS])
