"""Campaigns over HTTP: create, change and control them, and list their occurrences."""

from facteur.bootstrap.campaigns import CampaignsServices, campaigns
from facteur.http import campaign_actions, occurrences
from facteur.http import campaign_responses as responses
from facteur.http import campaigns as http
from facteur.http.app import HttpApp
from facteur.http.request import Request

type Req = Request[CampaignsServices]
app = HttpApp[CampaignsServices]("campaigns")
handler = app.handler(campaigns)


@app.route("GET", "/v1/campaigns")
def list_campaigns(request: Req, query: http.CampaignsQuery) -> responses.CampaignsPage:
    """List campaigns, newest first."""
    page = request.services.read.list_page(request.caller, status=query.status, **query.page)
    return responses.campaigns_page(query.with_digest(page), request.locale)


@app.route("POST", "/v1/campaigns", status=201, idempotent=True)
def create_campaign(request: Req, body: http.NewCampaign) -> responses.CampaignAnswer:
    """Create a campaign; without recurrence it is sent at once."""
    edit, read, key = request.services.edit, request.services.read, request.idempotency_key
    created = edit.create(request.caller, body.request, paused=body.paused, idempotency_key=key)
    view = read.after_change(request.caller, created, at=created.created_at)
    return responses.campaign_answer(view, request.locale)


@app.route("GET", "/v1/campaigns/{id}")
def get_campaign(request: Req) -> responses.CampaignAnswer:
    """Get a campaign."""
    campaign = request.services.read.get(request.caller, request.campaign_id)
    return responses.campaign_answer(campaign, request.locale)


@app.route("PUT", "/v1/campaigns/{id}")
def replace_campaign(request: Req, body: http.EditedCampaign) -> responses.CampaignAnswer:
    """Change a campaign; without recurrence, an active one is sent at once."""
    replaced = request.services.edit.replace(request.caller, request.campaign_id, body.edit)
    view = request.services.read.after_change(request.caller, replaced)
    return responses.campaign_answer(view, request.locale)


@app.route("DELETE", "/v1/campaigns/{id}", status=204)
def delete_campaign(request: Req) -> None:
    """Delete a campaign for good; what it sent stays in the history."""
    request.services.edit.delete(request.caller, request.campaign_id)


@app.route("GET", "/v1/campaigns/{id}/occurrences")
def list_occurrences(request: Req, query: http.OccurrencesQuery) -> occurrences.OccurrencesAnswer:
    """List the next occurrences of a campaign, with the date of each list."""
    runs = request.services.read.occurrences(request.caller, request.campaign_id, count=query.count)
    return occurrences.occurrences_answer(runs, request.locale)


@app.route("POST", "/v1/campaigns/occurrences")
def list_unsaved_runs(request: Req, body: http.DraftCalendar) -> occurrences.OccurrencesAnswer:
    """List the next occurrences of a recurrence that is not saved."""
    runs = request.services.read.unsaved_occurrences(request.caller, body.request)
    return occurrences.occurrences_answer(runs, request.locale)


@app.route("GET", "/v1/upcoming")
def list_upcoming(request: Req, query: http.UpcomingQuery) -> occurrences.UpcomingAnswer:
    """List the future occurrences of all campaigns."""
    coming = request.services.read.upcoming(request.caller, **query.days)
    return occurrences.upcoming_answer(coming, request.locale)


def _perform(request: Req, route: campaign_actions.ActionRoute) -> responses.CampaignAnswer:
    key, services = request.idempotency_key, request.services
    campaign = services.perform(request.caller, request.campaign_id, route.action, key)
    view = services.read.after_change(request.caller, campaign)
    return responses.campaign_answer(view, request.locale)


campaign_actions.add_action_routes(app, _perform)
