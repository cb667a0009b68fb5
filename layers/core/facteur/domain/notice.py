"""The notice of a failure to the sender: a Send of its own, in plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from facteur.domain.address import Recipient, Role
from facteur.domain.campaign import MAX_FAILURES, Campaign, CampaignStatus, PauseReason
from facteur.domain.console import Console
from facteur.domain.explanations import explain
from facteur.domain.headers import MAX_SUBJECT
from facteur.domain.identity import SendId
from facteur.domain.message import MessageState, Outcome, RecipientOutcome, detail_of
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
_MAY_COME_BACK = {Outcome.SENT, Outcome.DELAYED}


def is_at_rest(send: Send, states: Mapping[int, MessageState]) -> bool:
    """Is no more to be expected about any recipient, apart from messages that wait to be sent?

    What SES has accepted may still come back.
    """
    return not any(
        outcome.outcome in _MAY_COME_BACK and outcome.role is not Role.COPY
        for outcome in recipient_outcomes(send, states)
    )


def notice_of(
    send: Send,
    states: Mapping[int, MessageState],
    *,
    campaign: Campaign | None,
    console: Console,
    notice_id: SendId,
    now: datetime,
) -> Send:
    """The notice about a failed Send, to its sender, in the language of the Send.

    ``campaign`` is that of the Send as it is now.
    """
    words = language_of(send.locale).notice
    failures = [
        outcome
        for outcome in recipient_outcomes(send, states)
        if outcome.is_failure and outcome.role is not Role.COPY
    ]
    sure = [outcome for outcome in failures if outcome.outcome is not Outcome.UNCONFIRMED]
    subject = words.unconfirmed_subject if failures and not sure else words.subject
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
        subject=subject.format(subject=send.subject)[:MAX_SUBJECT],
        body=_Notice(send, failures, campaign, console, words).body(),
        locale=send.locale,
    )


@dataclass(frozen=True, slots=True)
class _Notice:
    """The paragraphs of a notice."""

    send: Send
    failures: Sequence[RecipientOutcome]
    campaign: Campaign | None
    console: Console
    words: "Notice"

    def body(self) -> str:
        sure = [one for one in self.failures if one.outcome is not Outcome.UNCONFIRMED]
        unsure = [one for one in self.failures if one.outcome is Outcome.UNCONFIRMED]
        also = [self.words.also_unconfirmed] if sure and unsure else []
        paragraphs = [
            [self._opening(sure, unsure), *self._occurrence()],
            self._why_not_made() or self._recipients(sure),
            self._remedies(sure),
            also + self._recipients(unsure),
            [self.words.not_resent, *self._remedies(unsure)] if unsure else [],
            self._paused(),
            self._again(),
            [self.words.open.format(link=self.console.send(self.send.id))],
        ]
        return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)

    def _opening(self, sure: Sequence[RecipientOutcome], unsure: Sequence[RecipientOutcome]) -> str:
        named, total = sure or unsure, len(self.send.recipients)
        if self.send.failure is not None:
            template = self.words.not_made
        elif sure:
            template = self.words.failed if len(sure) == total else self.words.partly
        else:
            is_whole = len(unsure) == total
            template = self.words.unconfirmed if is_whole else self.words.unconfirmed_partly
        return template.format(subject=self.send.subject, failed=len(named), total=total)

    def _occurrence(self) -> list[str]:
        """The campaign, and the local date and time of the occurrence if the Send is one."""
        if self.send.campaign_name is None:
            return []
        local = self.send.occurrence_local
        if local is None and self.send.occurrence_at is not None and self.campaign is not None:
            # A Send of version 0.1.0: its campaign knows the time zone.
            local = self.send.occurrence_at.astimezone(self.campaign.draft.zone)
        if local is None:
            return [self.words.campaign.format(campaign=self.send.campaign_name)]
        when = local.strftime(self.words.when)
        return [self.words.occurrence.format(campaign=self.send.campaign_name, when=when)]

    def _why_not_made(self) -> list[str]:
        """Why a Send could not be made, and what to do: the same for every recipient."""
        failure = self.send.failure
        if failure is None:
            return []
        explanation = explain(failure.code, self.send.locale)
        lines = [self.words.cause.format(cause=explanation.cause)]
        if failure.detail and failure.detail not in {one.id for one in self.send.documents}:
            lines.append(f"({_in_one_line(failure.detail)})")
        return [*lines, self.words.remedy.format(remedy=explanation.remedy)]

    def _recipients(self, outcomes: Sequence[RecipientOutcome]) -> list[str]:
        lines = []
        for outcome in outcomes[:MAX_NAMED_RECIPIENTS]:
            cause = explain(outcome.code, self.send.locale).cause
            lines.append(self.words.recipient.format(address=outcome.address, cause=cause))
            if outcome.detail:
                lines.append(f"  ({_in_one_line(outcome.detail)})")
        if len(outcomes) > MAX_NAMED_RECIPIENTS:
            lines.append(self.words.more.format(count=len(outcomes) - MAX_NAMED_RECIPIENTS))
        return lines

    def _remedies(self, outcomes: Sequence[RecipientOutcome]) -> list[str]:
        if self.send.failure is not None:
            return []
        remedies = [explain(outcome.code, self.send.locale).remedy for outcome in outcomes]
        return [self.words.remedy.format(remedy=remedy) for remedy in dict.fromkeys(remedies)]

    def _paused(self) -> list[str]:
        campaign = self.campaign
        if campaign is None or self.send.origin is not Origin.CAMPAIGN:
            return []
        if (campaign.status, campaign.pause_reason) != (
            CampaignStatus.PAUSED,
            PauseReason.REACHED_NOBODY,
        ):
            return []
        link = self.console.campaign(campaign.id)
        return [self.words.paused.format(count=MAX_FAILURES, link=link)]

    def _again(self) -> list[str]:
        """How to retry, unless there is nobody to send it to."""
        if not self.failures:
            return []
        is_frozen = all(document.sha256 for document in self.send.documents)
        return [self.words.again if is_frozen else self.words.again_anew]


def _in_one_line(words: str) -> str:
    """A remote server's text, which may contain line breaks and be of any length."""
    return detail_of(" ".join(words.split())[:MAX_WORDS])
