"""Documents over HTTP: create, change, publish, look at, and open the form that sends one."""

from facteur import bootstrap
from facteur.http import documents as http
from facteur.http.app import HttpApp
from facteur.http.links import File, link_response
from facteur.http.request import Request
from facteur.services.for_documents import DocumentsServices

type Asked = Request[DocumentsServices]

app = HttpApp[DocumentsServices]("documents")
handler = app.handler(bootstrap.documents)


@app.route("GET", "/v1/documents")
def list_documents(asked: Asked, query: http.DocumentsQuery) -> http.DocumentsPage:
    """List documents, newest first."""
    page = asked.services.documents.list_page(
        asked.caller, query.filter, cursor=query.cursor, limit=query.limit
    )
    return http.documents_page(page)


@app.route("POST", "/v1/documents", status=201, idempotent=True)
def create_document(asked: Asked, body: http.NewDocument) -> http.DocumentAnswer:
    """Create a document, as a draft."""
    created = asked.services.documents.create(asked.caller, body.root, guard=asked.guard)
    return http.document_answer(created)


@app.route("GET", "/v1/documents/{id}")
def get_document(asked: Asked) -> http.DocumentAnswer:
    """Get a document."""
    return http.document_answer(asked.services.documents.get(asked.caller, asked.document_id))


@app.route("PUT", "/v1/documents/{id}")
def replace_document(asked: Asked, body: http.DocumentEdit) -> http.DocumentAnswer:
    """Change a document; its status stays."""
    replaced = asked.services.documents.replace(
        asked.caller, asked.document_id, body.content, version=body.version
    )
    return http.document_answer(replaced)


@app.route("DELETE", "/v1/documents/{id}", status=204)
def delete_document(asked: Asked) -> None:
    """Delete a document; what was sent of it stays in the history."""
    asked.services.documents.delete(asked.caller, asked.document_id)


@app.route("POST", "/v1/documents/{id}/publish")
def publish_document(asked: Asked) -> http.DocumentAnswer:
    """Publish a list; mark an invoice or order as sent by other means."""
    return http.document_answer(asked.services.documents.publish(asked.caller, asked.document_id))


@app.route("POST", "/v1/documents/{id}/unpublish")
def unpublish_document(asked: Asked) -> http.UnpublishedAnswer:
    """Take a document back to draft; the answer names the campaigns that use it."""
    done = asked.services.documents.unpublish(asked.caller, asked.document_id)
    return http.unpublished_answer(done.document, done.campaigns)


@app.route("GET", "/v1/documents/{id}/pdf")
def get_document_pdf(asked: Asked) -> http.LinkAnswer | File:
    """Get the PDF of a document: a redirect, or the link when JSON is accepted."""
    return link_response(asked, asked.services.preview(asked.caller, asked.document_id))


@app.route("GET", "/v1/documents/{id}/email")
def get_send_form(asked: Asked) -> http.SendFormAnswer:
    """Get the send form of a document, filled in."""
    form = asked.services.prefill(asked.caller, asked.document_id)
    return http.SendFormAnswer.model_validate(form)
