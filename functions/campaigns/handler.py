"""Campaigns over HTTP: create, change, steer, and what is to come."""

from facteur import bootstrap
from facteur.http import campaign_answers as answers
from facteur.http import campaigns, occurrences
from facteur.http.app import Endpoint, HttpApp
from facteur.http.request import Request
from facteur.services.for_campaigns import CampaignsServices

type Asked = Request[CampaignsServices]

app = HttpApp[CampaignsServices]("campaigns")
handler = app.handler(bootstrap.campaigns)


@app.route("GET", "/v1/campaigns")
def list_campaigns(asked: Asked, query: campaigns.CampaignsQuery) -> answers.CampaignsPage:
    """List campaigns, newest first."""
    page = asked.services.read.list_page(
        asked.caller, status=query.status, cursor=query.cursor, limit=query.limit
    )
    return answers.campaigns_page(query.marked(page))


@app.route("POST", "/v1/campaigns", status=201, idempotent=True)
def create_campaign(asked: Asked, body: campaigns.NewCampaign) -> answers.CampaignAnswer:
    """Create a campaign; without recurrence it is sent at once."""
    edit, read = asked.services.edit, asked.services.read
    created = edit.create(asked.caller, body.request, paused=body.paused, guard=asked.guard)
    return answers.campaign_answer(read.after_change(asked.caller, created, at=created.created_at))


@app.route("GET", "/v1/campaigns/{id}")
def get_campaign(asked: Asked) -> answers.CampaignAnswer:
    """Get a campaign."""
    view = asked.services.read.get(asked.caller, asked.campaign_id)
    return answers.campaign_answer(view)


@app.route("PUT", "/v1/campaigns/{id}")
def replace_campaign(asked: Asked, body: campaigns.EditedCampaign) -> answers.CampaignAnswer:
    """Change a campaign; without recurrence, an active one is sent at once."""
    replaced = asked.services.edit.replace(asked.caller, asked.campaign_id, body.edit)
    return answers.campaign_answer(asked.services.read.after_change(asked.caller, replaced))


@app.route("DELETE", "/v1/campaigns/{id}", status=204)
def delete_campaign(asked: Asked) -> None:
    """Delete a campaign for good; what it sent stays in the history."""
    asked.services.edit.delete(asked.caller, asked.campaign_id)


@app.route("GET", "/v1/campaigns/{id}/occurrences")
def list_runs(asked: Asked, query: campaigns.OccurrencesQuery) -> occurrences.OccurrencesAnswer:
    """List the coming runs of a campaign, with the date that each list will carry."""
    coming = asked.services.read.occurrences(asked.caller, asked.campaign_id, count=query.count)
    return occurrences.occurrences_answer(coming)


@app.route("GET", "/v1/upcoming")
def list_upcoming(asked: Asked, query: campaigns.UpcomingQuery) -> occurrences.UpcomingAnswer:
    """List what all campaigns will send."""
    coming = asked.services.read.upcoming(asked.caller, first=query.from_date, last=query.to_date)
    return occurrences.upcoming_answer(coming)


def _endpoint(route: campaigns.StepRoute) -> Endpoint:
    def endpoint(asked: Asked) -> answers.CampaignAnswer:
        steered = asked.services.take(asked.caller, asked.campaign_id, route.step, asked.guard)
        return answers.campaign_answer(asked.services.read.after_change(asked.caller, steered))

    endpoint.__name__, endpoint.__doc__ = f"{route.step}_campaign", route.summary
    return endpoint


for _route in campaigns.STEPS:
    _path = f"/v1/campaigns/{{id}}/{_route.step}"
    app.route("POST", _path, status=_route.status, idempotent=_route.status != 200)(
        _endpoint(_route)
    )
