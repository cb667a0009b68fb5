"""Documents over HTTP: create, change, publish, copy and read them."""

from facteur.bootstrap.documents import DocumentsServices, documents
from facteur.http import document_responses as responses
from facteur.http import documents as http
from facteur.http.app import HttpApp
from facteur.http.document_routes import add_other_routes
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
def create_document(request: Req, body: http.NewDocument) -> responses.DocumentAnswer:
    """Create a document, as a draft."""
    created = request.services.edit.create(request.caller, body.request, **request.key)
    return responses.document(request, created)


@app.route("POST", "/v1/documents/preview")
def preview_document(request: Req, body: http.DraftDocument) -> responses.DraftAnswer:
    """Show the PDF of an unsaved document, and the warnings about it; nothing is saved."""
    url = request.services.preview.of_draft(request.caller, body.content)
    return responses.draft(request, body.content, url)


@app.route("GET", "/v1/documents/{id}")
def get_document(request: Req) -> responses.DocumentAnswer:
    """Get a document."""
    return responses.document(request, request.services.edit.get(*request.document))


@app.route("PUT", "/v1/documents/{id}")
def replace_document(request: Req, body: http.ChangedDocument) -> responses.DocumentAnswer:
    """Change a document; its status stays."""
    replaced = request.services.edit.replace(*request.document, body.edit)
    return responses.document(request, replaced)


@app.route("DELETE", "/v1/documents/{id}", status=204)
def delete_document(request: Req) -> None:
    """Delete a document; what was sent of it stays in the history."""
    request.services.edit.delete(*request.document)


@app.route("POST", "/v1/documents/{id}/publish")
def publish_document(request: Req) -> responses.DocumentAnswer:
    """Publish a list; mark an invoice or order as sent by other means."""
    return responses.document(request, request.services.edit.publish(*request.document))


@app.route("POST", "/v1/documents/{id}/unpublish")
def unpublish_document(request: Req) -> responses.UnpublishedAnswer:
    """Take a document back to draft; the answer names the campaigns that use it."""
    return responses.unpublished(request, *request.services.edit.unpublish(*request.document))


@app.route("POST", "/v1/documents/{id}/duplicate", status=201, idempotent=True)
def duplicate_document(request: Req) -> responses.DocumentAnswer:
    """Copy a document: a draft dated today, with the next number."""
    copies = request.services.duplicate
    copy = copies.duplicate(request.caller, request.document_id, **request.key)
    return responses.document(request, copy)
