"""The request that an endpoint receives."""

import base64
import binascii
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from facteur.domain.errors import InputError, NotFoundError, Problem
from facteur.domain.idempotency import MAX_REQUEST_KEY, IdempotencyKey, fingerprint_of
from facteur.domain.identity import (
    Caller,
    CampaignId,
    DocumentId,
    GroupId,
    HookId,
    SendId,
    WebhookId,
    is_id,
)
from facteur.http.language import find_locale
from facteur.http.validation import json_object
from facteur.locales import DEFAULT_LOCALE, Locale

_NUMBER = re.compile(r"[0-9]{1,6}")
_PRINTABLE = set(string.printable) - set("\t\n\r\x0b\x0c")


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event of API Gateway (payload format 2.0), typed."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    claims: Mapping[str, object]
    request_id: str


def incoming_of(event: Mapping[str, object]) -> Incoming:
    """Read an event of payload format 2.0; a missing part is empty.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    """
    context = _mapping(event, "requestContext")
    claims = _mapping(_mapping(_mapping(context, "authorizer"), "jwt"), "claims")
    return Incoming(
        method=str(_mapping(context, "http").get("method", "")),
        path=str(event.get("rawPath", "")),
        headers={name.lower(): str(value) for name, value in _mapping(event, "headers").items()},
        # An empty parameter counts as absent: a form sends all of its filters.
        query={
            name: str(value)
            for name, value in _mapping(event, "queryStringParameters").items()
            if value
        },
        body=_body(event),
        claims=claims,
        request_id=str(context.get("requestId", "")),
    )


def _mapping(parent: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = parent.get(name)
    return value if isinstance(value, Mapping) else {}


def _body(event: Mapping[str, object]) -> bytes:
    text = event.get("body")
    if not isinstance(text, str):
        return b""
    if not event.get("isBase64Encoded"):
        return text.encode(errors="surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""


@dataclass(frozen=True)
class Request[S]:
    """A request of a known caller, with the ``services`` of the function that answers it."""

    incoming: Incoming
    services: S
    caller: Caller
    path: Mapping[str, str]
    """Parameters of the path, unchecked."""

    @property
    def document_id(self) -> DocumentId:
        """The document in the path. Raises NotFoundError when it is not a valid id."""
        return DocumentId(self._id("document_not_found"))

    @property
    def document(self) -> tuple[Caller, DocumentId]:
        """The caller, and the document in the path. Raises NotFoundError when that is no id."""
        return self.caller, self.document_id

    @property
    def campaign_id(self) -> CampaignId:
        """The campaign in the path. Raises NotFoundError when it is not a valid id."""
        return CampaignId(self._id("campaign_not_found"))

    @property
    def group_id(self) -> GroupId:
        """The group in the path. Raises NotFoundError when it is not a valid id."""
        return GroupId(self._id("group_not_found"))

    @property
    def send_id(self) -> SendId:
        """The Send in the path. Raises NotFoundError when it is not a valid id."""
        return SendId(self._id("send_not_found"))

    @property
    def webhook_id(self) -> WebhookId:
        """The webhook in the path. Raises NotFoundError when it is not a valid id."""
        return WebhookId(self._id("webhook_not_found"))

    @property
    def hook_id(self) -> HookId:
        """The delivery in the path. Raises NotFoundError when it is not a valid id."""
        return HookId(self._id("delivery_not_found", name="delivery"))

    def _id(self, code: str, *, name: str = "id") -> str:
        if not is_id(self.path[name]):
            raise NotFoundError(code)
        return self.path[name]

    @property
    def number(self) -> int:
        """The attachment or message in the path, from 0. Raises NotFoundError."""
        if not _NUMBER.fullmatch(self.path["n"]):
            raise NotFoundError
        return int(self.path["n"])

    @property
    def chosen_locale(self) -> Locale | None:
        """The language that Accept-Language chooses, if it names one of ours."""
        return find_locale(self.incoming.headers.get("accept-language", ""))

    @property
    def locale(self) -> Locale:
        """The language of the response: the chosen one, else the default."""
        return self.chosen_locale or DEFAULT_LOCALE

    def locale_or(self, other: Callable[[], Locale]) -> Callable[[], Locale]:
        """Gets the language of the response at its first call: the chosen one, else ``other()``."""
        return cache(lambda: self.chosen_locale or other())

    @property
    def accepts_json(self) -> bool:
        """Whether the Accept header names application/json."""
        return "application/json" in self.incoming.headers.get("accept", "")

    @cached_property
    def idempotency_key(self) -> IdempotencyKey | None:
        """The key in the Idempotency-Key header, None without the header.

        Raises InputError ``idempotency_key_invalid``.
        """
        key = self.incoming.headers.get("idempotency-key")
        if key is None:
            return None
        if not 0 < len(key) <= MAX_REQUEST_KEY or not set(key) <= _PRINTABLE:
            raise InputError([Problem("Idempotency-Key", "idempotency_key_invalid")])
        route = f"{self.incoming.method} {self.incoming.path}"
        return IdempotencyKey(self.caller.user, key, fingerprint_of(route, self.incoming.body))

    @property
    def key(self) -> dict[str, IdempotencyKey | None]:
        """``idempotency_key`` as the keyword argument of services."""
        return {"idempotency_key": self.idempotency_key}

    def json(self, *, required: bool = True) -> dict[str, object]:
        """The JSON object of the body; an absent one is empty unless ``required``."""
        if not self.incoming.body.strip() and not required:
            return {}
        return json_object(self.incoming.body)
