"""Sends over HTTP: at once, again, as a preview, and the history."""

from facteur import bootstrap
from facteur.http import previews, sends
from facteur.http import send_answers as answers
from facteur.http.app import HttpApp
from facteur.http.document_answers import LinkAnswer
from facteur.http.links import File, export_response, link_response, source_response
from facteur.http.request import Request
from facteur.services.for_sends import SendsServices

type Asked = Request[SendsServices]

app = HttpApp[SendsServices]("sends")
handler = app.handler(bootstrap.sends)


@app.route("POST", "/v1/preview")
def preview_send(asked: Asked, body: previews.Draft) -> previews.PreviewAnswer:
    """Render an unsaved draft: mail, PDFs, envelopes, coming runs, warnings."""
    draft, services = body.root, asked.services
    if isinstance(draft, sends.NewSend):
        preview = services.preview(asked.caller, draft.request)
    else:
        preview = services.preview_campaign(asked.caller, draft.edit)
    return previews.preview_answer(preview, asked.locale)


@app.route("POST", "/v1/sends", status=202, idempotent=True)
def send_documents(asked: Asked, body: sends.NewSend) -> answers.SendAnswer:
    """Send documents at once."""
    send = asked.services.send(asked.caller, body.request, guard=asked.guard)
    return answers.queued_answer(send)


@app.route("GET", "/v1/sends")
def list_sends(asked: Asked, query: sends.HistoryPageQuery) -> answers.SendsPage:
    """List what was sent, newest first."""
    page = asked.services.history.list_page(
        asked.caller, query.request, cursor=query.cursor, limit=query.limit
    )
    return answers.sends_page(query.marked(page))


@app.route("GET", "/v1/sends.csv", media_type="text/csv")
def export_sends(asked: Asked, query: sends.HistoryQuery) -> File:
    """Export what was sent, one line per recipient."""
    export = asked.services.export(asked.caller, query.request)
    language = asked.chosen_locale or export.locale
    return export_response(export.lines, zone=export.zone, locale=language)


@app.route("GET", "/v1/sends/{id}")
def get_send(asked: Asked) -> answers.SendAnswer:
    """Get a Send in full."""
    detail = asked.services.history.get(asked.caller, asked.send_id)
    return answers.send_answer(detail.send, detail.row, detail.states)


@app.route("POST", "/v1/sends/{id}/retry", status=202, body_required=False, idempotent=True)
def retry_send(asked: Asked, body: sends.RetryBody) -> answers.SendAnswer:
    """Send again, to the recipients that failed."""
    retry = asked.services.retry(asked.caller, asked.send_id, body.corrections, guard=asked.guard)
    return answers.queued_answer(retry)


@app.route("GET", "/v1/sends/{id}/attachments/{n}")
def get_attachment(asked: Asked) -> LinkAnswer | File:
    """Get the very PDF that was sent: a redirect, or the link when JSON is accepted."""
    history = asked.services.history
    return link_response(asked, history.attachment_link(asked.caller, asked.send_id, asked.number))


@app.route("GET", "/v1/sends/{id}/messages/{n}", media_type="message/rfc822")
def get_message(asked: Asked) -> File:
    """Get the source of a mail, as it was handed over."""
    source = asked.services.history.message_source(asked.caller, asked.send_id, asked.number)
    return source_response(source, filename=f"{asked.send_id}-{asked.number}.eml")
