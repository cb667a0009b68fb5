"""Sends over HTTP: immediate sends, retries, previews and the history."""

from facteur.bootstrap.sends import SendsServices, sends
from facteur.http import previews, send_actions
from facteur.http import send_responses as responses
from facteur.http import sends as http
from facteur.http.app import HttpApp
from facteur.http.links import File, LinkOrFile, export_response, link_response, source_response
from facteur.http.request import Request

type Req = Request[SendsServices]
app = HttpApp[SendsServices]("sends")
handler = app.handler(sends)


@app.route("POST", "/v1/preview")
def preview_send(request: Req, body: previews.Draft) -> previews.PreviewAnswer:
    """Render an unsaved draft: mail, PDFs, envelopes, next occurrences, warnings."""
    send, campaign = request.services.preview, request.services.preview_campaign
    preview = body.shown(request.caller, send=send.preview, campaign=campaign.preview)
    return previews.preview_answer(preview, request.locale)


@app.route("POST", "/v1/sends", status=202, idempotent=True)
def send_documents(request: Req, body: http.NewSend) -> responses.SendAnswer:
    """Send documents at once."""
    key = request.idempotency_key
    send = request.services.send.send(request.caller, body.request, idempotency_key=key)
    return responses.queued_answer(send)


@app.route("GET", "/v1/sends")
def list_sends(request: Req, query: http.HistoryPageQuery) -> responses.SendsPage:
    """List what was sent, newest first."""
    page = request.services.history.list_page(request.caller, query.request, **query.page)
    language = request.locale_or(lambda: request.services.history.locale(request.caller))
    return responses.sends_page(query.with_digest(page), language)


@app.route("GET", "/v1/sends.csv", media_type="text/csv")
def export_sends(request: Req, query: http.HistoryQuery) -> File:
    """Export what was sent, one line per recipient."""
    export = request.services.export.export(request.caller, query.request)
    language = request.chosen_locale or export.locale
    return export_response(export.lines, zone=export.zone, locale=language)


def _perform(request: Req, action: send_actions.SendAction) -> responses.SendAnswer:
    history, resolve = request.services.history, request.services.resolve
    act = {"get": history.get, "resolve": resolve.resolve, "reopen": resolve.reopen}[action]
    detail = act(request.caller, request.send_id)
    language = request.locale_or(lambda: history.locale(request.caller))
    return responses.send_answer(detail.send, detail.row, detail.states, language)


send_actions.add_action_routes(app, _perform)


@app.route("POST", "/v1/sends/{id}/retry", status=202, body_required=False, idempotent=True)
def retry_send(request: Req, body: http.RetryBody) -> responses.SendAnswer:
    """Send again, to the recipients that failed."""
    key, send_id, retry = request.idempotency_key, request.send_id, request.services.retry
    send = retry.retry(request.caller, send_id, body.corrections, idempotency_key=key)
    return responses.queued_answer(send)


@app.route("GET", "/v1/sends/{id}/attachments/{n}")
def get_attachment(request: Req) -> LinkOrFile:
    """Get a PDF exactly as it was sent: a redirect, or the link when JSON is accepted."""
    read = request.services.history.attachment_link
    return link_response(request, read(request.caller, request.send_id, request.number))


@app.route("GET", "/v1/sends/{id}/messages/{n}", media_type="message/rfc822")
def get_message(request: Req) -> File:
    """Get the source of a mail, as it was handed to SES."""
    read = request.services.history.message_source
    source = read(request.caller, request.send_id, request.number)
    return source_response(source, filename=f"{request.send_id}-{request.number}.eml")
