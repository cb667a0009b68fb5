"""What exists about a person who signs in: what operators and the person would have set up."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import boto3

from facteur.adapters.dynamodb.operators import write_client, write_organization
from facteur.domain.identity import Caller, OrgId, UserId
from local.gateway import Gateway
from local.intrinsics import REGION
from local.state import State
from local.tokens import Person, Tokens

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient

_DOMAINS = "verified_domains"
_CLIENTS = "host_clients"


def host_clients(state: State) -> list[str]:
    """The host applications that were let in here."""
    clients: list[str] = json.loads(state.fact(_CLIENTS) or "[]")
    return clients


class Organizations:
    """Signs people in, setting up their organization the first time."""

    def __init__(
        self, state: State, gateway: Gateway, tokens: Tokens, *, table: str, secret: str
    ) -> None:
        self._state = state
        self._gateway = gateway
        self._tokens = tokens
        self._table = table
        self._secret = secret

    def verified_domains(self) -> Iterable[str]:
        """Domains that SES lets everybody here send from."""
        domains: list[str] = json.loads(self._state.fact(_DOMAINS) or "[]")
        return domains

    def sign_in(self, person: Person) -> str:
        """A token for a person."""
        token = self._tokens.issue(person)
        if self._state.fact(f"known:{person.email}") is None:
            self._set_up(person, token)
            self._state.remember(f"known:{person.email}", person.user)
        return token

    def sign_in_client(self, client: str, *, acts_as: Person) -> str:
        """A token for a host application, let in as ``make client`` does."""
        self.sign_in(acts_as)
        caller = Caller(
            OrgId(acts_as.organization), UserId(acts_as.user), acts_as.email, acts_as.name
        )
        write_client(self._dynamodb(), self._table, client, caller)
        self._state.remember(_CLIENTS, json.dumps(sorted({*host_clients(self._state), client})))
        return self._tokens.issue_to_client(client)

    def _set_up(self, person: Person, token: str) -> None:
        """What still is as on the first day."""
        self._allow(person, token)
        profile = self._read("/v1/profile", token)
        if profile.get("version") == 0:
            body = profile | {"name": person.name}
            self._gateway.call("PUT", "/v1/profile", token=token, body=body)

    def _allow(self, person: Person, token: str) -> None:
        """What an operator does once SES has verified a domain."""
        domain = person.email.rpartition("@")[2]
        domains = {*self.verified_domains(), domain}
        self._state.remember(_DOMAINS, json.dumps(sorted(domains)))
        if self._read("/v1/settings", token).get("sender_domains"):
            return
        write_organization(
            self._dynamodb(),
            self._table,
            OrgId(person.organization),
            name=person.organization_name,
            sender_domains=[domain],
            default_sender=person.email,
        )

    def _read(self, path: str, token: str) -> dict[str, Any]:
        """What the API answers; empty for a template without that route."""
        found = self._gateway.call("GET", path, token=token)
        return json.loads(bytes(found.body)) if found.status_code == 200 else {}

    def _dynamodb(self) -> "DynamoDBClient":
        client: DynamoDBClient = boto3.client(
            "dynamodb",
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key=self._secret,
        )
        return client
