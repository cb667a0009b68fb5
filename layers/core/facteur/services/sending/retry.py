"""Retries a Send: the same documents and message to the recipients that failed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from facteur.domain.account import ensure_active
from facteur.domain.address import Recipient, Role, parse_address, without_duplicates
from facteur.domain.document import Document
from facteur.domain.errors import (
    AlreadyRetriedError,
    ConflictError,
    InputError,
    NotFoundError,
    Problem,
)
from facteur.domain.forgetting import is_forgotten
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, OrgId, SendId
from facteur.domain.message import PENDING, RecipientOutcome
from facteur.domain.send import FrozenDocument, Origin, Send, recipient_outcomes
from facteur.domain.send_row import SendRow
from facteur.domain.settings import OrganizationSettings
from facteur.ports import Archive, Clock, Ids, Sends, Store
from facteur.services.documents.attach import AttachDocuments, freeze
from facteur.services.documents.choose import find_document
from facteur.services.idempotency import find_first
from facteur.services.people import remember_profile, sender_for, settings_of
from facteur.services.sending.fill import TEST_PREFIX, Message, fill
from facteur.services.sending.queue import QueueSend


@dataclass(frozen=True, slots=True)
class _Material:
    """What a retry sends."""

    message: Message
    documents: tuple[FrozenDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrySend:
    """Makes a Send for the failed recipients of another and queues it."""

    store: Store
    archive: Archive
    clock: Clock
    ids: Ids
    attach_documents: AttachDocuments
    queue_send: QueueSend

    def retry(
        self,
        caller: Caller,
        send_id: SendId,
        corrections: Mapping[str, str],
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Send:
        """The queued Send: same PDFs, message and dates, with the caller as sender.

        A Send that could not be made has no PDFs: they are rendered now, with its dates. One whose
        message was invalid gets the present message of its campaign.

        ``corrections`` maps failed addresses to those to write to instead. Raises NotFoundError;
        InputError; ConflictError ``send_in_progress``, ``nothing_to_retry``, ``already_retried``
        (param ``send_id``, the retry), ``document_unavailable``, ``campaign_message_gone``,
        ``campaign_message_invalid`` or ``sender_not_verified``; SuspendedError, DailyLimitError.
        """
        organization = caller.organization
        sends = self.store.sends(organization)
        first = find_first(self.store.idempotency(organization), idempotency_key)
        if first is not None:
            return sends.get(SendId(first.id))
        row = sends.get_row(send_id)
        original = sends.get(send_id)
        if row.origin is Origin.NOTICE:
            raise NotFoundError("send_not_found")
        outcomes = recipient_outcomes(original, sends.get_messages(original.id))
        failed = _failed(original, row, sends, outcomes)
        recipients = _recipients(original, failed, corrections)
        retry = self._retry(
            caller,
            original,
            failed,
            recipients,
            drafts_published=row.drafts_published,
            with_copy=not row.retried_by and _copy_failed(original, outcomes),
        )
        try:
            return self.queue_send.queue(
                organization,
                retry,
                idempotency_key=idempotency_key,
                after_retries=len(row.retried_by),
            )
        except AlreadyRetriedError as error:
            # Another retry came first, and covers the same recipients.
            raise _already_retried(sends.get_row(send_id)) from error

    def _retry(
        self,
        caller: Caller,
        original: Send,
        failed: Iterable[RecipientOutcome],
        recipients: tuple[Recipient, ...],
        *,
        drafts_published: bool,
        with_copy: bool,
    ) -> Send:
        repository = self.store.settings(caller.organization)
        settings = settings_of(repository)
        account = repository.get_account()
        ensure_active(account)
        profile = remember_profile(repository, caller)
        sender = sender_for(repository, profile, settings, account)
        now = self.clock.now()
        material = self._material(caller.organization, original, settings)
        return replace(
            original,
            id=SendId(self.ids.new_id(now)),
            origin=Origin.RETRY,
            created_by=caller.user,
            queued_at=now,
            sender=sender,
            subject=material.message.subject,
            body=material.message.body,
            documents=material.documents,
            signature=profile.signature,
            recipients=recipients,
            copy=sender.copy_to if with_copy else None,
            drafts_to_publish=() if drafts_published else original.drafts_to_publish,
            late=False,
            failure=None,
            retry_of=original.id,
            covers=tuple(outcome.address for outcome in failed),
        )

    def _material(
        self, organization: OrgId, original: Send, settings: OrganizationSettings
    ) -> _Material:
        """Message and documents of a Send; the latter rendered now if they were not archived."""
        message = Message(original.subject, original.body)
        if all(named.sha256 for named in original.documents):
            return _Material(message, original.documents)
        documents = self.store.documents(organization)
        found = [
            document
            for named in original.documents
            if (document := find_document(documents, named.id)) is not None and document.is_ready
        ]
        if len(found) != len(original.documents):
            raise ConflictError("document_unavailable")
        dates = [
            named.date if named.type.rules.moving_date else document.content.date
            for named, document in zip(original.documents, found, strict=True)
        ]
        if original.failure is not None and original.failure.code == "message_invalid":
            date = self.attach_documents.format_date(dates[0], settings)
            message = self._present_message(organization, original, found, date=date)
        attached = self.attach_documents.attach(organization, found, settings, dates=dates)
        return _Material(message, freeze(self.archive, organization, attached))

    def _present_message(
        self, organization: OrgId, original: Send, documents: Sequence[Document], *, date: str
    ) -> Message:
        """The present message of a Send's campaign about these documents, by now valid."""
        campaign = None
        if original.campaign_id is not None:
            campaign = self.store.campaigns(organization).find(original.campaign_id)
        if campaign is None:
            raise ConflictError("campaign_message_gone")
        template = Message(campaign.draft.subject, campaign.draft.body)
        if original.origin is Origin.TEST:
            template = replace(template, subject=TEST_PREFIX + template.subject)
        try:
            return fill(template, [document.content for document in documents], date=date)
        except InputError as error:
            raise ConflictError("campaign_message_invalid") from error


def _copy_failed(original: Send, outcomes: Iterable[RecipientOutcome]) -> bool:
    """Was the sender to have a copy that never left?"""
    if original.failure is not None:
        return original.copy is not None
    return any(outcome.role is Role.COPY and outcome.is_failure for outcome in outcomes)


def _failed(
    original: Send, row: SendRow, sends: Sends, every: Iterable[RecipientOutcome]
) -> list[RecipientOutcome]:
    """The recipients that failed and that no earlier retry covers, without forgotten people."""
    outcomes = [outcome for outcome in every if outcome.role is not Role.COPY]
    if any(outcome.outcome in PENDING for outcome in outcomes):
        raise ConflictError("send_in_progress")
    failed = [
        outcome for outcome in outcomes if outcome.is_failure and not is_forgotten(outcome.address)
    ]
    if not failed:
        raise ConflictError("nothing_to_retry")
    if not original.documents:
        raise ConflictError("document_unavailable")
    covered = {address for retry in row.retried_by for address in sends.get(retry).covers}
    left = [outcome for outcome in failed if outcome.address not in covered]
    if not left:
        raise _already_retried(row)
    return left


def _already_retried(row: SendRow) -> AlreadyRetriedError:
    return AlreadyRetriedError(send_id=row.retried_by[-1])


def _recipients(
    original: Send, failed: list[RecipientOutcome], corrections: Mapping[str, str]
) -> tuple[Recipient, ...]:
    """The recipients of the retry, in roles that reveal no address that was not shown before.

    The headers of a grouped retry show only its own recipients: when the main recipient is not
    among them, all become blind copies and the To header shows the sender.
    """
    corrected, problems = _corrected([outcome.address for outcome in failed], corrections)
    if problems:
        raise InputError(problems)
    lists: dict[Role, list[str]] = {Role.TO: [], Role.CC: [], Role.BCC: []}
    shown = original.separate or any(outcome.role is Role.TO for outcome in failed)
    for outcome in failed:
        role = outcome.role if shown else Role.BCC
        lists[role].append(corrected[outcome.address.casefold()])
    return without_duplicates(lists[Role.TO], lists[Role.CC], lists[Role.BCC])


def _corrected(
    failed: list[str], corrections: Mapping[str, str]
) -> tuple[dict[str, str], list[Problem]]:
    corrected = {address.casefold(): address for address in failed}
    problems: list[Problem] = []
    for wrong, right in corrections.items():
        field = f"corrections.{wrong[:320]}"
        failing, _ = parse_address(wrong, field=field)
        key = (failing or wrong).casefold()
        if key not in corrected:
            problems.append(Problem(field, "correction_unknown"))
        address, found = parse_address(right, field=field)
        problems += found
        if key in corrected and address is not None:
            corrected[key] = address
    return corrected, problems
