"""Campaigns over HTTP: create, change, control, and what is to come."""

from facteur.bootstrap.campaigns import CampaignsServices, campaigns
from facteur.http import campaign_responses as answers
from facteur.http import campaigns as http
from facteur.http import occurrences
from facteur.http.app import Endpoint, HttpApp
from facteur.http.request import Request

type Req = Request[CampaignsServices]

app = HttpApp[CampaignsServices]("campaigns")
handler = app.handler(campaigns)


@app.route("GET", "/v1/campaigns")
def list_campaigns(request: Req, query: http.CampaignsQuery) -> answers.CampaignsPage:
    """List campaigns, newest first."""
    page = request.services.read.list_page(
        request.caller, status=query.status, cursor=query.cursor, limit=query.limit
    )
    return answers.campaigns_page(query.with_digest(page))


@app.route("POST", "/v1/campaigns", status=201, idempotent=True)
def create_campaign(request: Req, body: http.NewCampaign) -> answers.CampaignAnswer:
    """Create a campaign; without recurrence it is sent at once."""
    edit, read = request.services.edit, request.services.read
    key = request.idempotency_key
    created = edit.create(request.caller, body.request, paused=body.paused, idempotency_key=key)
    view = read.after_change(request.caller, created, at=created.created_at)
    return answers.campaign_answer(view)


@app.route("GET", "/v1/campaigns/{id}")
def get_campaign(request: Req) -> answers.CampaignAnswer:
    """Get a campaign."""
    view = request.services.read.get(request.caller, request.campaign_id)
    return answers.campaign_answer(view)


@app.route("PUT", "/v1/campaigns/{id}")
def replace_campaign(request: Req, body: http.EditedCampaign) -> answers.CampaignAnswer:
    """Change a campaign; without recurrence, an active one is sent at once."""
    replaced = request.services.edit.replace(request.caller, request.campaign_id, body.edit)
    return answers.campaign_answer(request.services.read.after_change(request.caller, replaced))


@app.route("DELETE", "/v1/campaigns/{id}", status=204)
def delete_campaign(request: Req) -> None:
    """Delete a campaign for good; what it sent stays in the history."""
    request.services.edit.delete(request.caller, request.campaign_id)


@app.route("GET", "/v1/campaigns/{id}/occurrences")
def list_runs(request: Req, query: http.OccurrencesQuery) -> occurrences.OccurrencesAnswer:
    """List the coming runs of a campaign, with the date that each list will carry."""
    coming = request.services.read.occurrences(
        request.caller, request.campaign_id, count=query.count
    )
    return occurrences.occurrences_answer(coming)


@app.route("GET", "/v1/upcoming")
def list_upcoming(request: Req, query: http.UpcomingQuery) -> occurrences.UpcomingAnswer:
    """List what all campaigns will send."""
    coming = request.services.read.upcoming(
        request.caller, first=query.from_date, last=query.to_date
    )
    return occurrences.upcoming_answer(coming)


def _endpoint(route: http.ActionRoute) -> Endpoint:
    def endpoint(request: Req) -> answers.CampaignAnswer:
        services = request.services
        campaign = services.perform(
            request.caller, request.campaign_id, route.action, request.idempotency_key
        )
        return answers.campaign_answer(services.read.after_change(request.caller, campaign))

    endpoint.__name__, endpoint.__doc__ = f"{route.action}_campaign", route.summary
    return endpoint


for _route in http.ACTIONS:
    _path = f"/v1/campaigns/{{id}}/{_route.action}"
    app.route("POST", _path, status=_route.status, idempotent=_route.status != 200)(
        _endpoint(_route)
    )
