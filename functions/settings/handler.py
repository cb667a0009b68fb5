"""Settings of the organization, the caller's profile, and the description of this API."""

from pathlib import Path

from aws_lambda_powertools.event_handler import Response

from facteur import bootstrap
from facteur.http import settings as http
from facteur.http.app import HttpApp
from facteur.http.request import Request
from facteur.services.for_settings import SettingsServices

type Asked = Request[SettingsServices]

app = HttpApp[SettingsServices]("settings")
handler = app.handler(bootstrap.settings)


@app.route("GET", "/v1/settings")
def get_settings(asked: Asked) -> http.SettingsAnswer:
    """Get the organization's settings."""
    return http.settings_answer(asked.services.settings.get(asked.caller))


@app.route("PUT", "/v1/settings")
def replace_settings(asked: Asked, body: http.SettingsBody) -> http.SettingsAnswer:
    """Change the organization's settings."""
    replaced = asked.services.settings.replace(
        asked.caller, body.settings, version=body.version, problems=body.problems
    )
    return http.settings_answer(replaced)


@app.route("GET", "/v1/profile")
def get_profile(asked: Asked) -> http.ProfileAnswer:
    """Get the caller's profile."""
    own = asked.services.settings.get_profile(asked.caller)
    return http.profile_answer(own.profile, sender_verified=own.sender_verified)


@app.route("PUT", "/v1/profile")
def replace_profile(asked: Asked, body: http.ProfileBody) -> http.ProfileAnswer:
    """Change the caller's name, signature and language."""
    own = asked.services.settings.replace_profile(
        asked.caller,
        body.profile_of(asked.caller),
        version=body.version,
        problems=body.problems,
    )
    return http.profile_answer(own.profile, sender_verified=own.sender_verified)


@app.route("GET", "/v1/openapi.json", public=True)
def get_description() -> Response[str]:
    """Get this description."""
    text = Path(__file__).with_name("openapi.json").read_text("utf-8")
    return Response(status_code=200, content_type="application/json", body=text)
