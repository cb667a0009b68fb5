"""Documents over HTTP: create, change, publish and read them, and fill in their send form."""

from facteur.bootstrap.documents import DocumentsServices, documents
from facteur.http import document_responses as responses
from facteur.http import documents as http
from facteur.http.app import HttpApp
from facteur.http.document_types import DocumentAnswer, UnpublishedAnswer
from facteur.http.links import LinkOrFile, link_response
from facteur.http.request import Request

type Req = Request[DocumentsServices]
app = HttpApp[DocumentsServices]("documents")
handler = app.handler(documents)


@app.route("GET", "/v1/documents")
def list_documents(request: Req, query: http.DocumentsQuery) -> responses.DocumentsPage:
    """List documents, newest first."""
    page = request.services.edit.list_page(request.caller, query.filter, **query.page)
    return responses.documents(query.with_digest(page))


@app.route("POST", "/v1/documents", status=201, idempotent=True)
def create_document(request: Req, body: http.NewDocument) -> DocumentAnswer:
    """Create a document, as a draft."""
    edit, key = request.services.edit, request.idempotency_key
    return responses.document(edit.create(request.caller, body.request, idempotency_key=key))


@app.route("POST", "/v1/documents/uploads", status=201, idempotent=True)
def open_upload(request: Req, body: http.NewUpload) -> responses.UploadAnswer:
    """Get a form with which to upload a PDF made elsewhere."""
    upload, key = request.services.upload, request.idempotency_key
    return responses.upload(upload.open(request.caller, body.size, idempotency_key=key))


@app.route("GET", "/v1/documents/{id}")
def get_document(request: Req) -> DocumentAnswer:
    """Get a document."""
    return responses.document(request.services.edit.get(request.caller, request.document_id))


@app.route("PUT", "/v1/documents/{id}")
def replace_document(request: Req, body: http.ChangedDocument) -> DocumentAnswer:
    """Change a document; its status stays."""
    replaced = request.services.edit.replace(request.caller, request.document_id, body.edit)
    return responses.document(replaced)


@app.route("DELETE", "/v1/documents/{id}", status=204)
def delete_document(request: Req) -> None:
    """Delete a document; what was sent of it stays in the history."""
    request.services.edit.delete(request.caller, request.document_id)


@app.route("POST", "/v1/documents/{id}/publish")
def publish_document(request: Req) -> DocumentAnswer:
    """Publish a list; mark an invoice or order as sent by other means."""
    return responses.document(request.services.edit.publish(request.caller, request.document_id))


@app.route("POST", "/v1/documents/{id}/unpublish")
def unpublish_document(request: Req) -> UnpublishedAnswer:
    """Take a document back to draft; the answer names the campaigns that use it."""
    done = request.services.edit.unpublish(request.caller, request.document_id)
    return responses.unpublished(done.document, done.campaigns)


@app.route("GET", "/v1/documents/{id}/pdf")
def get_document_pdf(request: Req) -> LinkOrFile:
    """Get the PDF of a document: a redirect, or the link when JSON is accepted."""
    url = request.services.preview.link(request.caller, request.document_id)
    return link_response(request, url)


@app.route("GET", "/v1/documents/{id}/email")
def get_send_form(request: Req) -> responses.SendFormAnswer:
    """Get the send form of a document, filled in."""
    form = request.services.prefill.prefill(request.caller, request.document_id)
    return responses.send_form(form)
