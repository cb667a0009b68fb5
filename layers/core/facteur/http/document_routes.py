"""Routes of documents whose answers are no documents.

They propose what a document or its send form begins with, take a PDF and show one.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from pydantic import ConfigDict

from facteur.domain.content import DocumentType
from facteur.domain.content_parts import OptionalText, Party
from facteur.domain.idempotency import IdempotencyKey
from facteur.domain.identity import Caller, DocumentId
from facteur.http.app import HasClients, HttpApp
from facteur.http.document_responses import SendFormAnswer, UploadAnswer, send_form, upload
from facteur.http.documents import NewUpload
from facteur.http.fields import ResponseModel
from facteur.http.links import LinkOrFile, link_response
from facteur.http.request import Request
from facteur.http.validation import RequestModel
from facteur.ports import UploadForm


class NumberQuery(RequestModel):
    """The type of the document to be numbered."""

    type: DocumentType


class PartiesQuery(RequestModel):
    """The type of document: clients are proposed for invoices, suppliers for orders."""

    type: DocumentType
    q: OptionalText = ""


class NumberAnswer(ResponseModel):
    """The free number after the last one; empty when no number follows from it."""

    number: str


class PartyAnswer(ResponseModel):
    """A client or supplier, as the latest document to them says."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    address: list[str]
    email: str
    siren: str
    vat_number: str


class PartiesAnswer(ResponseModel):
    """At most ten clients or suppliers, best match first."""

    items: list[PartyAnswer]


class Proposes(Protocol):
    def next_number(self, caller: Caller, document_type: DocumentType) -> str: ...

    def parties(
        self, caller: Caller, document_type: DocumentType, typed: str
    ) -> Sequence[Party]: ...


class Prefills(Protocol):
    def prefill(self, caller: Caller, document_id: DocumentId) -> object: ...


class OpensUploads(Protocol):
    def open(
        self, caller: Caller, size: int, *, idempotency_key: IdempotencyKey | None = None
    ) -> UploadForm: ...


class LinksPdfs(Protocol):
    def link(self, caller: Caller, document_id: DocumentId) -> str: ...


class DocumentRouteServices(HasClients, Protocol):
    """The services that these routes call."""

    @property
    def propose(self) -> Proposes: ...

    @property
    def prefill(self) -> Prefills: ...

    @property
    def preview(self) -> LinksPdfs: ...

    @property
    def upload(self) -> OpensUploads: ...


type Req = Request[DocumentRouteServices]


def add_other_routes(app: HttpApp[Any]) -> None:
    """Register the routes of this module."""
    app.route("GET", "/v1/documents/next-number")(get_next_number)
    app.route("GET", "/v1/parties")(list_parties)
    app.route("POST", "/v1/documents/uploads", status=201, idempotent=True)(open_upload)
    app.route("GET", "/v1/documents/{id}/pdf")(get_document_pdf)
    app.route("GET", "/v1/documents/{id}/email")(get_send_form)


def get_next_number(request: Req, query: NumberQuery) -> NumberAnswer:
    """Get the number that follows the last one of a type of document."""
    return NumberAnswer(number=request.services.propose.next_number(request.caller, query.type))


def list_parties(request: Req, query: PartiesQuery) -> PartiesAnswer:
    """Find known clients (of invoices) or suppliers (of orders) by the words of their names."""
    found = request.services.propose.parties(request.caller, query.type, query.q)
    return PartiesAnswer(items=[PartyAnswer.model_validate(party) for party in found])


def open_upload(request: Req, body: NewUpload) -> UploadAnswer:
    """Get a form with which to upload a PDF made elsewhere."""
    key = request.idempotency_key
    return upload(request.services.upload.open(request.caller, body.size, idempotency_key=key))


def get_document_pdf(request: Req) -> LinkOrFile:
    """Get the PDF of a document: a redirect, or the link when JSON is accepted."""
    url = request.services.preview.link(request.caller, request.document_id)
    return link_response(request, url)


def get_send_form(request: Req) -> SendFormAnswer:
    """Get the send form of a document, filled in."""
    return send_form(request.services.prefill.prefill(request.caller, request.document_id))
