"""Documents over HTTP: create, change, publish, look at, and open the form that sends one."""

from facteur import bootstrap
from facteur.http import document_answers as answers
from facteur.http import documents as http
from facteur.http.app import HttpApp
from facteur.http.links import File, link_response
from facteur.http.request import Request
from facteur.services.for_documents import DocumentsServices

type Asked = Request[DocumentsServices]

app = HttpApp[DocumentsServices]("documents")
handler = app.handler(bootstrap.documents)


@app.route("GET", "/v1/documents")
def list_documents(asked: Asked, query: http.DocumentsQuery) -> answers.DocumentsPage:
    """List documents, newest first."""
    page = asked.services.edit.list_page(
        asked.caller, query.filter, cursor=query.cursor, limit=query.limit
    )
    return answers.documents(query.marked(page))


@app.route("POST", "/v1/documents", status=201, idempotent=True)
def create_document(asked: Asked, body: http.NewDocument) -> answers.DocumentAnswer:
    """Create a document, as a draft."""
    created = asked.services.edit.create(asked.caller, body.request, guard=asked.guard)
    return answers.document(created)


@app.route("POST", "/v1/documents/uploads", status=201, idempotent=True)
def open_upload(asked: Asked, body: http.NewUpload) -> answers.UploadAnswer:
    """Open the upload of a PDF made elsewhere: where to post it."""
    return answers.upload(asked.services.upload(asked.caller, body.size, guard=asked.guard))


@app.route("GET", "/v1/documents/{id}")
def get_document(asked: Asked) -> answers.DocumentAnswer:
    """Get a document."""
    return answers.document(asked.services.edit.get(asked.caller, asked.document_id))


@app.route("PUT", "/v1/documents/{id}")
def replace_document(asked: Asked, body: http.ChangedDocument) -> answers.DocumentAnswer:
    """Change a document; its status stays."""
    return answers.document(asked.services.edit.replace(asked.caller, asked.document_id, body.edit))


@app.route("DELETE", "/v1/documents/{id}", status=204)
def delete_document(asked: Asked) -> None:
    """Delete a document; what was sent of it stays in the history."""
    asked.services.edit.delete(asked.caller, asked.document_id)


@app.route("POST", "/v1/documents/{id}/publish")
def publish_document(asked: Asked) -> answers.DocumentAnswer:
    """Publish a list; mark an invoice or order as sent by other means."""
    return answers.document(asked.services.edit.publish(asked.caller, asked.document_id))


@app.route("POST", "/v1/documents/{id}/unpublish")
def unpublish_document(asked: Asked) -> answers.UnpublishedAnswer:
    """Take a document back to draft; the answer names the campaigns that use it."""
    done = asked.services.edit.unpublish(asked.caller, asked.document_id)
    return answers.unpublished(done.document, done.campaigns)


@app.route("GET", "/v1/documents/{id}/pdf")
def get_document_pdf(asked: Asked) -> answers.LinkAnswer | File:
    """Get the PDF of a document: a redirect, or the link when JSON is accepted."""
    return link_response(asked, asked.services.preview(asked.caller, asked.document_id))


@app.route("GET", "/v1/documents/{id}/email")
def get_send_form(asked: Asked) -> answers.SendFormAnswer:
    """Get the send form of a document, filled in."""
    return answers.send_form(asked.services.prefill(asked.caller, asked.document_id))
