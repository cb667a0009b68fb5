"""The caller, their profile, settings of the organization, and the OpenAPI description."""

from pathlib import Path

from aws_lambda_powertools.event_handler import Response

from facteur.bootstrap.settings import SettingsServices, settings
from facteur.http import settings as http
from facteur.http.app import HttpApp
from facteur.http.me import MeAnswer, me_answer
from facteur.http.request import Request

type Req = Request[SettingsServices]

app = HttpApp[SettingsServices]("settings")
handler = app.handler(settings)


@app.route("GET", "/v1/me")
def get_me(request: Req) -> MeAnswer:
    """Get who is calling, their role, and the limits of their organization."""
    services = request.services.settings
    services.remember(request.caller)
    return me_answer(request.caller, services.limits(request.caller))


@app.route("GET", "/v1/settings")
def get_settings(request: Req) -> http.SettingsAnswer:
    """Get the organization's settings."""
    return http.settings_answer(request.services.settings.get(request.caller))


@app.route("PUT", "/v1/settings", admin_only=True)
def replace_settings(request: Req, body: http.SettingsBody) -> http.SettingsAnswer:
    """Change the organization's settings."""
    replaced = request.services.settings.replace(
        request.caller,
        body.settings,
        area=body.area,
        version=body.version,
        problems=body.problems,
    )
    return http.settings_answer(replaced)


@app.route("GET", "/v1/profile")
def get_profile(request: Req) -> http.ProfileAnswer:
    """Get the caller's profile."""
    own = request.services.settings.get_profile(request.caller)
    return http.profile_answer(own.profile, sender_verified=own.sender_verified)


@app.route("PUT", "/v1/profile")
def replace_profile(request: Req, body: http.ProfileBody) -> http.ProfileAnswer:
    """Change the caller's name, signature and language."""
    own = request.services.settings.replace_profile(
        request.caller,
        body.profile_of(request.caller),
        version=body.version,
        problems=body.problems,
    )
    return http.profile_answer(own.profile, sender_verified=own.sender_verified)


@app.route("GET", "/v1/openapi.json", public=True)
def get_description() -> Response[str]:
    """Get this description."""
    text = Path(__file__).with_name("openapi.json").read_text("utf-8")
    return Response(status_code=200, content_type="application/json", body=text)
