"""Webhooks over HTTP: for administrators, also to read."""

from facteur.bootstrap.webhooks import WebhooksServices, webhooks
from facteur.http import webhooks as http
from facteur.http.app import HttpApp
from facteur.http.request import Request

type Req = Request[WebhooksServices]

app = HttpApp[WebhooksServices]("webhooks")
handler = app.handler(webhooks)


@app.route("GET", "/v1/webhooks", admin_only=True)
def list_webhooks(request: Req) -> http.WebhooksAnswer:
    """List the organization's webhooks."""
    return http.webhooks_answer(request.services.edit.list_all(request.caller))


@app.route("POST", "/v1/webhooks", status=201, idempotent=True, admin_only=True)
def create_webhook(request: Req, body: http.NewWebhook) -> http.WebhookWithSecret:
    """Create a webhook; the answer shows its secret, this once."""
    created = request.services.edit.create(
        request.caller, body.draft, problems=body.problems, **request.key
    )
    return http.webhook_with_secret(created.webhook, created.secret)


@app.route("GET", "/v1/webhooks/{id}", admin_only=True)
def get_webhook(request: Req) -> http.WebhookAnswer:
    """Get a webhook."""
    return http.webhook_answer(request.services.edit.get(request.caller, request.webhook_id))


@app.route("PUT", "/v1/webhooks/{id}", admin_only=True)
def replace_webhook(request: Req, body: http.WebhookReplacement) -> http.WebhookAnswer:
    """Change a webhook, enable or disable it."""
    edit, webhook_id, version = request.services.edit, request.webhook_id, body.version
    replaced = edit.replace(
        request.caller, webhook_id, body.draft, version=version, problems=body.problems
    )
    return http.webhook_answer(replaced)


@app.route("DELETE", "/v1/webhooks/{id}", status=204, admin_only=True)
def delete_webhook(request: Req) -> None:
    """Delete a webhook."""
    request.services.edit.delete(request.caller, request.webhook_id)


@app.route("POST", "/v1/webhooks/{id}/rotate", admin_only=True)
def rotate_webhook_secret(request: Req) -> http.WebhookWithSecret:
    """Replace the secret of a webhook; the one before signs too for 24 hours."""
    rotated = request.services.edit.rotate(request.caller, request.webhook_id)
    return http.webhook_with_secret(rotated.webhook, rotated.secret)


@app.route("POST", "/v1/webhooks/{id}/test", status=202, idempotent=True, admin_only=True)
def test_webhook(request: Req) -> http.HookDeliveryAnswer:
    """Send a test event to a webhook, also to one that is disabled: one attempt."""
    deliveries, webhook_id = request.services.deliveries, request.webhook_id
    return http.hook_delivery_answer(deliveries.test(request.caller, webhook_id, **request.key))


@app.route("GET", "/v1/webhooks/{id}/deliveries", admin_only=True)
def list_webhook_deliveries(
    request: Req, query: http.HookDeliveriesQuery
) -> http.HookDeliveriesPage:
    """List what a webhook was told in the last 30 days, with each attempt, newest first."""
    deliveries, webhook_id = request.services.deliveries, request.webhook_id
    page = deliveries.list_page(request.caller, webhook_id, **query.page)
    return http.hook_deliveries_page(query.with_digest(page))


@app.route("POST", "/v1/webhooks/{id}/deliveries/{delivery}/replay", status=202, admin_only=True)
def replay_webhook_delivery(request: Req) -> http.HookDeliveryAnswer:
    """Deliver an event again, under the same id."""
    deliveries, webhook_id = request.services.deliveries, request.webhook_id
    replayed = deliveries.replay(request.caller, webhook_id, request.hook_id)
    return http.hook_delivery_answer(replayed)
