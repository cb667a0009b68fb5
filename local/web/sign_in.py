"""Sign-in, which first sets up what an operator and the person would have set up on AWS."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import boto3

from facteur.domain.account import Account
from facteur.domain.identity import UserRole
from local.state.store import State
from local.template.names import REGION
from local.web.accounts import Accounts, verified_domains
from local.web.gateway import Gateway
from local.web.tokens import Person, TokenError, Tokens

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_CLIENTS = "host_clients"
_SIGNED_OUT = "signed_out"


def host_clients(state: State) -> list[str]:
    """The ids of the host applications that have signed in."""
    clients: list[str] = json.loads(state.fact(_CLIENTS) or "[]")
    return clients


def is_signed_out(state: State, jti: str) -> bool:
    """Was the token with this ``jti`` signed out?"""
    return state.fact(f"{_SIGNED_OUT}:{jti}") is not None


class SignIn:
    """Signs people in, and sets up their organization the first time."""

    def __init__(
        self, state: State, gateway: Gateway, tokens: Tokens, *, table: str, secret: str
    ) -> None:
        self._state = state
        self._gateway = gateway
        self._tokens = tokens
        self._table = table
        self._secret = secret

    def verified_domains(self) -> Iterable[str]:
        """The domains that SES lets anybody send from."""
        return verified_domains(self._state)

    def person(self, person: Person, role: UserRole = UserRole.ADMIN) -> str:
        """A token for a person, whose profile is then known, as when they open the console."""
        token = self._tokens.issue(person, role)
        if self._state.fact(f"known:{person.email}") is None:
            self._allow(person, token)
            self._state.remember(f"known:{person.email}", person.user)
        self._read("/v1/me", token)
        return token

    def client(self, client: str, *, acts_as: Person) -> str:
        """A token for a host application, which is registered as ``make client`` registers it."""
        self.person(acts_as)
        self._accounts().add_client(client, acts_as=acts_as)
        self._state.remember(_CLIENTS, json.dumps(sorted({*host_clients(self._state), client})))
        return self._tokens.issue_to_client(client)

    def limit(
        self, person: Person, *, messages_per_day: int | None, suspended: bool | None, now: datetime
    ) -> Account:
        """Change the limits of a person's organization, as ``make limit`` and ``suspend`` do."""
        if self._state.fact(f"known:{person.email}") is None:
            self.person(person)
        return self._accounts().change(
            person, messages_per_day=messages_per_day, suspended=suspended, now=now
        )

    def end(self, authorization: str) -> None:
        """Sign a token out for good. Cognito ends the refresh token instead, of which there is none
        here. Raises TokenError for a token that is not accepted."""
        claims = self._tokens.claims_of(authorization)
        if "jti" not in claims:
            raise TokenError
        self._state.remember(f"{_SIGNED_OUT}:{claims['jti']}", claims["exp"])

    def _allow(self, person: Person, token: str) -> None:
        """Verify the person's domain, and let their organization send from it."""
        accounts = self._accounts()
        account = accounts.verify_domain(person)
        if not self._read("/v1/settings", token).get("sender_domains"):
            accounts.create(person, account)

    def _read(self, path: str, token: str) -> dict[str, Any]:
        """The body of the API's response; empty for a template without that route."""
        found = self._gateway.call("GET", path, token=token)
        return json.loads(bytes(found.body)) if found.status_code == 200 else {}

    def _accounts(self) -> Accounts:
        return Accounts(self._state, self._dynamodb(), table=self._table)

    def _dynamodb(self) -> "DynamoDBClient":
        client: DynamoDBClient = boto3.client(
            "dynamodb",
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key=self._secret,
        )
        return client
