"""Documents over HTTP: create, change, publish and read them, and fill in their send form."""

from facteur.bootstrap.documents import DocumentsServices, documents
from facteur.http import document_responses as responses
from facteur.http import documents as http
from facteur.http.app import HttpApp
from facteur.http.document_routes import add_other_routes
from facteur.http.document_types import DocumentAnswer, UnpublishedAnswer
from facteur.http.request import Request

type Req = Request[DocumentsServices]
app = HttpApp[DocumentsServices]("documents")
handler = app.handler(documents)
add_other_routes(app)


@app.route("GET", "/v1/documents")
def list_documents(request: Req, query: http.DocumentsQuery) -> responses.DocumentsPage:
    """List documents, newest first."""
    page = request.services.edit.list_page(request.caller, query.filter, **query.page)
    return responses.documents(query.with_digest(page))


@app.route("POST", "/v1/documents", status=201, idempotent=True)
def create_document(request: Req, body: http.NewDocument) -> DocumentAnswer:
    """Create a document, as a draft."""
    edit, key = request.services.edit, request.idempotency_key
    return responses.document(
        request, edit.create(request.caller, body.request, idempotency_key=key)
    )


@app.route("GET", "/v1/documents/{id}")
def get_document(request: Req) -> DocumentAnswer:
    """Get a document."""
    return responses.document(
        request, request.services.edit.get(request.caller, request.document_id)
    )


@app.route("PUT", "/v1/documents/{id}")
def replace_document(request: Req, body: http.ChangedDocument) -> DocumentAnswer:
    """Change a document; its status stays."""
    edit = request.services.edit
    return responses.document(request, edit.replace(request.caller, request.document_id, body.edit))


@app.route("DELETE", "/v1/documents/{id}", status=204)
def delete_document(request: Req) -> None:
    """Delete a document; what was sent of it stays in the history."""
    request.services.edit.delete(request.caller, request.document_id)


@app.route("POST", "/v1/documents/{id}/publish")
def publish_document(request: Req) -> DocumentAnswer:
    """Publish a list; mark an invoice or order as sent by other means."""
    return responses.document(
        request, request.services.edit.publish(request.caller, request.document_id)
    )


@app.route("POST", "/v1/documents/{id}/unpublish")
def unpublish_document(request: Req) -> UnpublishedAnswer:
    """Take a document back to draft; the answer names the campaigns that use it."""
    done = request.services.edit.unpublish(request.caller, request.document_id)
    return responses.unpublished(request, done.document, done.campaigns)


@app.route("POST", "/v1/documents/{id}/duplicate", status=201, idempotent=True)
def duplicate_document(request: Req) -> DocumentAnswer:
    """Copy a document: a draft dated today, with the next number."""
    copies, key = request.services.duplicate, request.idempotency_key
    return responses.document(request, copies.duplicate(request.caller, request.document_id, key))
