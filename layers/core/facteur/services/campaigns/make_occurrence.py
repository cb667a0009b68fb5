"""Makes the Send of an occurrence from the campaign, documents and settings stored at its time."""

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from facteur.domain.address import Recipient, Role
from facteur.domain.attempts import GIVE_UP_AFTER, is_hopeless
from facteur.domain.campaign import Campaign, CampaignDraft, is_missed
from facteur.domain.content import DocumentType
from facteur.domain.deadlines import GRACE
from facteur.domain.errors import InputError
from facteur.domain.group import Group
from facteur.domain.headers import MAX_SUBJECT
from facteur.domain.identity import OrgId, SendId
from facteur.domain.known_recipient import names_of
from facteur.domain.occurrences import Occurrence
from facteur.domain.send import FrozenDocument, Origin, Send, SendFailure
from facteur.domain.settings import OrganizationSettings, Profile, Sender
from facteur.ports import Archive, Clock, Ids, Store
from facteur.services.campaigns.material import Material, read_material
from facteur.services.campaigns.recipients import find_fault, recipients_of
from facteur.services.documents.attach import (
    AttachDocuments,
    dates_of,
    filenames,
    freeze,
    frozen,
)
from facteur.services.sending.fill import TEST_PREFIX, Message, fill, filled, variables_of

LAST_RECEPTION = 10
"""Receptions after which the queue ``due`` moves a message to its dead-letter queue
(``maxReceiveCount`` in template.yaml)."""
_NAMED_FAILURES = {"attachment_too_large", "too_many_pages"}
"""Problems that keep their code as the reason of a failed Send."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An occurrence or extra run to make; ``occurrence`` is None for an extra run.

    ``document_date`` is the date that its lists carry; None: their own. ``due_at`` is the instant
    of the occurrence, or when the extra run was requested.
    """

    document_date: dt.date | None
    due_at: dt.datetime
    occurrence: Occurrence | None = None
    is_test: bool = False


@dataclass(frozen=True, slots=True)
class MadeOccurrence:
    """The Send of a run; ``names`` are what its groups and documents call people, by address."""

    send: Send
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOccurrence:
    """Makes the Sends of runs. Reads everything anew; stores only PDFs."""

    store: Store
    archive: Archive
    attach_documents: AttachDocuments
    clock: Clock
    ids: Ids

    def make(
        self, organization: OrgId, campaign: Campaign, run: Run, *, receive_count: int = 1
    ) -> MadeOccurrence:
        """The Send of a run, with its ``failure`` set when it cannot be sent.

        An unexpected exception, also of a read, is raised for another attempt, until
        ``is_hopeless`` or until the run is missed: then it is the failure ``render_failed``,
        ``data_unreadable`` or ``missed``. Raises TransientError.
        """
        now = self.clock.now()
        missed = is_missed(run.due_at, now)
        receive_count = max(receive_count, GIVE_UP_AFTER) if missed else receive_count
        material = read_material(self.store, organization, campaign, receive_count=receive_count)
        profile = material.profile
        own = Sender(name=profile.name, address=profile.email, reply_to=None, copy_to=profile.email)
        send = outline_of_run(
            campaign,
            run,
            id=SendId(self.ids.new_id(now)),
            profile=profile,
            sender=material.sender or own,
            settings=material.settings,
            groups=material.groups,
            now=now,
        )
        failure = _prevented(material, send, campaign.draft, is_missed=missed) or _worn_out(
            run, receive_count
        )
        if failure is None:
            made = self._complete_or_failure(organization, send, material, run, receive_count)
            if isinstance(made, Send):
                contents = [document.content for document in material.documents]
                return MadeOccurrence(made, names_of(material.groups, contents))
            failure = made
        return MadeOccurrence(self._failed(send, material, run, failure), {})

    def _complete_or_failure(
        self, organization: OrgId, send: Send, material: Material, run: Run, receive_count: int
    ) -> Send | SendFailure:
        try:
            return self._complete(organization, send, material, run)
        except InputError as error:
            code = error.problems[0].code
            return SendFailure(code=code if code in _NAMED_FAILURES else "message_invalid")
        except Exception as error:
            if not is_hopeless(error, receive_count):
                raise
            keys = {"organization": organization, "campaign": send.campaign_id}
            _log.exception("run given up", extra=keys)
            return SendFailure(code="render_failed", detail=type(error).__name__)

    def _complete(self, organization: OrgId, send: Send, material: Material, run: Run) -> Send:
        documents, settings = material.documents, material.settings
        dates = dates_of(documents, on=run.document_date)
        message = fill(
            Message(send.subject, send.body),
            [document.content for document in documents],
            date=self.attach_documents.format_date(dates[0], settings),
        )
        attached = self.attach_documents.attach(organization, documents, settings, dates=dates)
        return replace(
            send,
            subject=_prefixed(message.subject, run),
            body=message.body,
            documents=freeze(self.archive, organization, attached),
        )

    def _failed(self, send: Send, material: Material, run: Run, failure: SendFailure) -> Send:
        """The failed Send, with its message and documents as far as they exist."""
        try:
            return self._described(send, material, run, failure)
        except Exception:  # noqa: BLE001 - what broke the run may break its description too
            _log.exception("failed run not described", extra={"campaign": send.campaign_id})
            nameless = replace(material, found=[(wanted, None) for wanted, _ in material.found])
            return replace(
                send,
                subject=_prefixed(send.campaign_name or "", run),
                documents=_unfrozen(send, nameless, (), run),
                failure=failure,
            )

    def _described(self, send: Send, material: Material, run: Run, failure: SendFailure) -> Send:
        documents, settings = material.documents, material.settings
        dates = dates_of(documents, on=run.document_date)
        values = variables_of(
            [document.content for document in documents],
            date=self.attach_documents.format_date(dates[0], settings) if dates else "",
        )
        message = filled(Message(send.subject, send.body), values)
        return replace(
            send,
            subject=_prefixed(message.subject or send.campaign_name or "", run),
            body=message.body,
            documents=_unfrozen(send, material, dates, run),
            failure=failure,
        )


def outline_of_run(
    campaign: Campaign,
    run: Run,
    *,
    id: SendId,  # noqa: A002 - the field's own name
    profile: Profile,
    sender: Sender,
    settings: OrganizationSettings,
    groups: Sequence[Group],
    now: dt.datetime,
) -> Send:
    """The Send of a run before rendering: no documents, variables not replaced."""
    draft = campaign.draft
    occurrence = run.occurrence
    return Send(
        id=id,
        origin=Origin.TEST if run.is_test else Origin.CAMPAIGN,
        created_by=campaign.owner,
        queued_at=now,
        sender=sender,
        recipients=_recipients(campaign, run, profile, groups),
        separate=draft.separate and not run.is_test,
        copy=sender.copy_to if draft.copy_to_sender and not run.is_test else None,
        subject=draft.subject,
        body=draft.body,
        signature=profile.signature,
        locale=settings.locale,
        document_type=draft.document_type,
        campaign_id=campaign.id,
        campaign_name=draft.name,
        occurrence_at=occurrence.at if occurrence is not None else None,
        occurrence_local=occurrence.local if occurrence is not None else None,
        late=occurrence is not None and now - occurrence.at > GRACE,
    )


def _recipients(
    campaign: Campaign, run: Run, profile: Profile, groups: Sequence[Group]
) -> tuple[Recipient, ...]:
    """The sender for a test."""
    if run.is_test:
        return (Recipient(profile.email, Role.TO),)
    return recipients_of(campaign.draft, groups)


def _prevented(
    material: Material, send: Send, draft: CampaignDraft, *, is_missed: bool
) -> SendFailure | None:
    """Why the run cannot be sent, as far as it is known before its documents are rendered."""
    if is_missed:
        return SendFailure(code="missed")
    if material.failure is not None:
        return material.failure
    if material.sender is None:
        return SendFailure(code="sender_not_verified")
    if material.account.suspended:
        return SendFailure(code="organization_suspended")
    if not send.recipients and (fault := find_fault(draft, material.groups)) is not None:
        return fault
    return _unavailable(material)


def _unavailable(material: Material) -> SendFailure | None:
    """A failure naming the first document that is deleted (its id) or not ready (its name)."""
    for document_id, document in material.found:
        if document is None:
            return SendFailure(code="document_unavailable", detail=document_id)
        if not document.is_ready:
            return SendFailure(code="document_unavailable", detail=document.content.name)
    return None


def _worn_out(run: Run, receive_count: int) -> SendFailure | None:
    """Fail an extra run at the last reception of its message.

    An extra run has only this one message, and every earlier attempt ended before it could record a
    reason. An occurrence is triggered again by reconcile instead.
    """
    is_last = run.occurrence is None and receive_count >= LAST_RECEPTION
    return SendFailure(code="render_failed") if is_last else None


def _unfrozen(
    send: Send, material: Material, dates: Sequence[dt.date], run: Run
) -> tuple[FrozenDocument, ...]:
    """The documents without their PDFs, with the dates they would have carried."""
    documents = material.documents
    names = filenames(documents, dates, material.settings.locale)
    existing = {
        document.id: frozen(document, date=date, filename=name)
        for document, date, name in zip(documents, dates, names, strict=True)
    }
    day = dates[0] if dates else run.document_date or send.queued_at.date()
    return tuple(
        existing.get(document_id)
        or FrozenDocument(
            id=document_id,
            type=send.document_type or DocumentType.STAFF_LIST,
            name="",
            number="",
            date=day,
            filename="",
            size=0,
            sha256="",
        )
        for document_id, _ in material.found
    )


def _prefixed(subject: str, run: Run) -> str:
    return f"{TEST_PREFIX if run.is_test else ''}{subject}"[:MAX_SUBJECT]
