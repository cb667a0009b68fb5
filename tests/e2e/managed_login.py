"""A stand-in for Cognito's managed login: sign-in page, token endpoint and sign-out page.

It has the site's own origin, the only one that pages of the local mode may reach.
"""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode

from playwright.sync_api import BrowserContext, Request, Route

from tests.e2e.site import Site

_PLACE = "/pool"


class ManagedLogin:
    """Signs one person in, for ``lifetime`` seconds at a time, as long as ``refuses`` is false."""

    def __init__(self, site: Site, person: str) -> None:
        self._site = site
        self._person = person
        self._asked: dict[str, str] = {}
        self.lifetime = 3600
        self.refuses = False
        self.renewals = 0
        self.signed_out_to = ""
        self.pool = f"{site.address}{_PLACE}"

    def stand_in(self, context: BrowserContext) -> None:
        """Answer the sign-in requests of a browser's pages."""
        where = {"authority": self.pool, "clientId": "people", "domain": self.pool}
        config = {"mode": "cognito"} | where
        context.route("**/config.json", lambda route: route.fulfill(json=config))
        context.route(f"**{_PLACE}/**", self._answer)

    def _answer(self, route: Route, request: Request) -> None:
        path, _, query = request.url.removeprefix(self.pool).partition("?")
        match path:
            case "/.well-known/openid-configuration":
                route.fulfill(json=self._metadata())
            case "/oauth2/authorize":
                self._asked = _one_of_each(query)
                back = urlencode({"code": "once", "state": self._asked["state"]})
                home = self._asked["redirect_uri"]
                route.fulfill(content_type="text/html", body=f'<a href="{home}?{back}">Claire</a>')
            case "/oauth2/token":
                asked = _one_of_each(request.post_data or "")
                is_granted = not self.refuses and self._is_granted(asked)
                refusal = {"error": "invalid_grant"}
                route.fulfill(
                    status=200 if is_granted else 400,
                    json=self._tokens() if is_granted else refusal,
                )
            case "/logout":
                self.signed_out_to = _one_of_each(query)["logout_uri"]
                route.fulfill(content_type="text/html", body="<p>Au revoir</p>")
            case _:
                route.abort()

    def _metadata(self) -> dict[str, str]:
        return {
            "issuer": self.pool,
            "authorization_endpoint": f"{self.pool}/oauth2/authorize",
            "token_endpoint": f"{self.pool}/oauth2/token",
        }

    def _is_granted(self, asked: dict[str, str]) -> bool:
        if asked["grant_type"] == "refresh_token":
            self.renewals += 1
            return asked["refresh_token"] == "refresh"
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return asked["code"] == "once" and challenge == self._asked["code_challenge"]

    def _tokens(self) -> dict[str, object]:
        login = self._site.call("POST", "/local/login", {"email": self._person})
        return {
            "id_token": login["token"],
            "access_token": "access",
            "refresh_token": "refresh",
            "token_type": "Bearer",
            "expires_in": self.lifetime,
        }


def _one_of_each(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
