"""Recipients over HTTP: addresses written to before, and groups of recipients."""

from facteur.bootstrap.recipients import RecipientsServices, recipients
from facteur.http import recipients as http
from facteur.http.app import HttpApp
from facteur.http.request import Request

type Req = Request[RecipientsServices]
app = HttpApp[RecipientsServices]("recipients")
handler = app.handler(recipients)


@app.route("GET", "/v1/recipients")
def list_recipients(request: Req, query: http.RecipientsQuery) -> http.KnownRecipientsAnswer:
    """Find addresses written to before, by what is typed of the address or of the name."""
    found = request.services.propose.propose(request.caller, query.q)
    return http.recipients_answer(found, request.locale)


@app.route("GET", "/v1/groups")
def list_groups(request: Req, query: http.GroupsQuery) -> http.GroupsPage:
    """List groups of recipients, newest first."""
    page = request.services.groups.list_page(request.caller, **query.page)
    return http.groups_page(query.with_digest(page))


@app.route("POST", "/v1/groups", status=201, idempotent=True)
def create_group(request: Req, body: http.NewGroup) -> http.GroupAnswer:
    """Create a group of recipients."""
    created = request.services.groups.create(request.caller, body.request, **request.key)
    return http.group_answer(created)


@app.route("GET", "/v1/groups/{id}")
def get_group(request: Req) -> http.GroupAnswer:
    """Get a group of recipients with its addresses."""
    return http.group_answer(request.services.groups.get(request.caller, request.group_id))


@app.route("PUT", "/v1/groups/{id}")
def replace_group(request: Req, body: http.ChangedGroup) -> http.GroupAnswer:
    """Change a group of recipients; campaigns send to it as it is at their time."""
    replaced = request.services.groups.replace(
        request.caller, request.group_id, body.request, version=body.version
    )
    return http.group_answer(replaced)


@app.route("DELETE", "/v1/groups/{id}", status=204)
def delete_group(request: Req) -> None:
    """Delete a group of recipients that no campaign sends to."""
    request.services.groups.delete(request.caller, request.group_id)
