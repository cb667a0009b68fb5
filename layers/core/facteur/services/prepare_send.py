"""An immediate send as asked for, checked whole and rendered: what preview and sending share."""

from collections.abc import Sequence
from dataclasses import dataclass

from facteur.domain.address import MAX_ADDRESSES, Recipient, parse_addresses, without_duplicates
from facteur.domain.asked import SendRequest
from facteur.domain.document import Document, DocumentStatus, DocumentType
from facteur.domain.errors import InputError, NotFoundError, Problem
from facteur.domain.identity import DocumentId, OrgId, is_id
from facteur.domain.send import MAX_ATTACHMENTS
from facteur.domain.settings import OrganizationSettings
from facteur.domain.wording import (
    DEFAULT_BODY,
    default_subject,
    distinct_filenames,
    filename_of,
)
from facteur.ports import Documents, Renderer, Store
from facteur.services.fill_message import (
    Message,
    check_message,
    check_template,
    filled,
    typed_message,
    variables_of,
)
from facteur.services.people import settings_of

MAX_DOCUMENTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedDocument:
    """A document as it will be attached."""

    document: Document
    filename: str
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSend:
    """A request without a problem: whom it goes to and with what words and files."""

    request: SendRequest
    settings: OrganizationSettings
    recipients: tuple[Recipient, ...]
    template: Message
    message: Message
    documents: tuple[PreparedDocument, ...]

    @property
    def document_type(self) -> DocumentType:
        return self.documents[0].document.type

    @property
    def draft_lists(self) -> tuple[Document, ...]:
        """The lists among the documents that are not published: they cannot be sent."""
        return tuple(
            prepared.document
            for prepared in self.documents
            if prepared.document.type is DocumentType.STAFF_LIST
            and prepared.document.status is DocumentStatus.DRAFT
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareSend:
    """Checks a request, naming every problem at once, and renders its documents."""

    store: Store
    renderer: Renderer

    def __call__(self, organization: OrgId, request: SendRequest) -> PreparedSend:
        """Raises InputError."""
        settings = settings_of(self.store.settings(organization))
        problems = list(request.problems)
        broken = {problem.field.partition(".")[0] for problem in problems}
        found, wrong = _documents(self.store.documents(organization), request, broken)
        problems += wrong
        recipients, wrong = _recipients(request, broken)
        problems += wrong
        template = _template(request, found, settings)
        problems += check_template(template)
        if problems:
            raise InputError(problems)
        message = self._filled(template, found, settings)
        return PreparedSend(
            request=request,
            settings=settings,
            recipients=recipients,
            template=template,
            message=message,
            documents=self._rendered(found, settings),
        )

    def _filled(
        self, template: Message, found: Sequence[Document], settings: OrganizationSettings
    ) -> Message:
        contents = [document.content for document in found]
        date = self.renderer.format_date(contents[0].date, settings.locale)
        message = filled(template, variables_of(contents, date=date))
        if problems := check_message(message):
            raise InputError(problems)
        return message

    def _rendered(
        self, found: Sequence[Document], settings: OrganizationSettings
    ) -> tuple[PreparedDocument, ...]:
        pdfs = [
            self.renderer.render(document, settings, on=document.content.date) for document in found
        ]
        check_size([len(pdf) for pdf in pdfs])
        filenames = distinct_filenames(
            [
                filename_of(document.content, on=document.content.date, locale=settings.locale)
                for document in found
            ]
        )
        return tuple(
            PreparedDocument(document=document, filename=filename, pdf=pdf)
            for document, filename, pdf in zip(found, filenames, pdfs, strict=True)
        )


def check_size(sizes: Sequence[int]) -> None:
    """Do attachments of these bytes fit in a mail? Raises InputError with the figure."""
    encoded = sum(4 * -(-size // 3) for size in sizes)
    if encoded > MAX_ATTACHMENTS:
        figures = {
            "megabytes": -(-encoded // (1024 * 1024)),
            "max_megabytes": MAX_ATTACHMENTS // (1024 * 1024),
        }
        raise InputError([Problem("document_ids", "attachment_too_large", {**figures})])


def _documents(
    documents: Documents, request: SendRequest, broken: set[str]
) -> tuple[list[Document], list[Problem]]:
    ids = list(dict.fromkeys(request.document_ids))
    if "document_ids" in broken:
        return [], []
    if not ids:
        return [], [Problem("document_ids", "required")]
    if len(ids) > MAX_DOCUMENTS:
        return [], [Problem("document_ids", "too_many", {"max_length": MAX_DOCUMENTS})]
    found: list[Document] = []
    problems: list[Problem] = []
    for document_id in ids:
        document = _find(documents, document_id)
        if document is not None:
            found.append(document)
        else:
            params = {"document_id": document_id[:40]}
            problems.append(Problem("document_ids", "document_not_found", {**params}))
    if len({document.type for document in found}) > 1:
        problems.append(Problem("document_ids", "documents_of_several_types"))
    return found, problems


def _find(documents: Documents, document_id: str) -> Document | None:
    try:
        return documents.get(DocumentId(document_id)) if is_id(document_id) else None
    except NotFoundError:
        return None


def _recipients(
    request: SendRequest, broken: set[str]
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
    recipients = without_duplicates(to, cc, bcc)
    if len(recipients) > MAX_ADDRESSES:
        figures = {"count": len(recipients), "max_length": MAX_ADDRESSES}
        problems.append(Problem("bcc", "too_many_addresses", {**figures}))
    return recipients, problems


def _template(
    request: SendRequest, found: Sequence[Document], settings: OrganizationSettings
) -> Message:
    subject, body = request.subject, request.body
    if subject is None:
        # Without a document there is no usual subject, nor a send: any good one will do.
        subject = default_subject(found[0].content, settings.locale) if found else "{date}"
    if body is None:
        body = DEFAULT_BODY[settings.locale]
    return typed_message(subject, body)
