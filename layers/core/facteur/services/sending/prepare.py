"""Checks and renders an immediate send, for its preview and for sending."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facteur.domain.account import Account
from facteur.domain.address import Recipient, Role, parse_addresses, without_duplicates
from facteur.domain.content import DocumentStatus, DocumentType
from facteur.domain.document import Document
from facteur.domain.errors import InputError, Problem
from facteur.domain.group import Group, check_count, with_groups
from facteur.domain.identity import OrgId, SendId
from facteur.domain.known_recipient import names_of
from facteur.domain.requests import SendRequest
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.settings import OrganizationSettings, Profile, Sender
from facteur.ports import Store
from facteur.services.documents.attach import AttachDocuments, AttachedDocument, dates_of
from facteur.services.documents.choose import choose_documents
from facteur.services.people import settings_of
from facteur.services.sending.choose_groups import choose_groups
from facteur.services.sending.fill import Message, check_template, fill, template_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSend:
    """A request without problems, with its recipients, message and rendered attachments.

    ``names`` are what its groups and documents call people, by their addresses in lower case.
    """

    request: SendRequest
    settings: OrganizationSettings
    account: Account
    recipients: tuple[Recipient, ...]
    names: Mapping[str, str]
    template: Message
    message: Message
    documents: tuple[AttachedDocument, ...]

    @property
    def document_type(self) -> DocumentType:
        return self.documents[0].document.type

    @property
    def draft_lists(self) -> tuple[Document, ...]:
        """The lists among the documents that are not published: they cannot be sent."""
        return tuple(
            attached.document
            for attached in self.documents
            if attached.document.type.rules.published_first
            and attached.document.status is DocumentStatus.DRAFT
        )


def send_of(
    prepared: PreparedSend,
    *,
    id: SendId,  # noqa: A002 - the field's own name
    profile: Profile,
    sender: Sender,
    now: dt.datetime,
    documents: tuple[FrozenDocument, ...] = (),
) -> Send:
    """The Send of a request; ``documents`` are its archived attachments, none for a preview."""
    request = prepared.request
    return Send(
        id=id,
        origin=Origin.MANUAL,
        created_by=profile.user,
        queued_at=now,
        sender=sender,
        recipients=prepared.recipients,
        separate=request.separate,
        copy=sender.copy_to if request.copy_to_sender else None,
        subject=prepared.message.subject,
        body=prepared.message.body,
        signature=profile.signature,
        locale=prepared.settings.locale,
        document_type=prepared.document_type,
        documents=documents,
        drafts_to_publish=tuple(
            attached.document.id
            for attached in prepared.documents
            if attached.document.status is DocumentStatus.DRAFT
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareSend:
    """Checks a request and renders its documents."""

    store: Store
    attach_documents: AttachDocuments

    def prepare(self, organization: OrgId, request: SendRequest) -> PreparedSend:
        """The prepared request. Raises InputError with every problem."""
        repository = self.store.settings(organization)
        settings = settings_of(repository)
        problems = list(request.problems)
        broken = {problem.field.partition(".")[0] for problem in problems}
        found: Sequence[Document] = ()
        if "document_ids" not in broken:
            found, wrong = choose_documents(
                self.store.documents(organization), request.document_ids
            )
            problems += wrong
        groups, wrong = choose_groups(self.store.groups(organization), request.groups)
        problems += wrong
        recipients, wrong = _recipients(request, broken, groups)
        problems += wrong
        template = template_of(request.subject, request.body, found, settings.locale)
        problems += check_template(template)
        if problems:
            raise InputError(problems)
        contents = [document.content for document in found]
        dates = dates_of(found)
        return PreparedSend(
            request=request,
            settings=settings,
            account=repository.get_account(),
            recipients=recipients,
            names=names_of(groups, contents),
            template=template,
            message=fill(
                template, contents, date=self.attach_documents.format_date(dates[0], settings)
            ),
            documents=self.attach_documents.attach(organization, found, settings, dates=dates),
        )


def _recipients(
    request: SendRequest, broken: set[str], groups: Sequence[Group]
) -> tuple[tuple[Recipient, ...], list[Problem]]:
    problems: list[Problem] = []
    lists: list[list[str]] = []
    for field, value in (("to", request.to), ("cc", request.cc), ("bcc", request.bcc)):
        addresses, wrong = parse_addresses(value, field=field)
        lists.append(addresses)
        problems += wrong
        if field == "to" and not wrong and field not in broken:
            distinct = {address.casefold() for address in addresses}
            if not distinct:
                problems.append(Problem("to", "required"))
            elif len(distinct) > 1:
                problems.append(Problem("to", "one_address_expected"))
    to, cc, bcc = lists
    typed = without_duplicates(to, cc, bcc)
    longest = max({"to": to, "cc": cc, "bcc": bcc}.items(), key=lambda item: len(item[1]))[0]
    wrong = check_count(typed, field=longest)
    # Blind copies: those of a group do not know of one another.
    recipients = with_groups(typed, groups, role=Role.BCC)
    return recipients, problems + (wrong or check_count(recipients, field="groups"))
