"""Tokens in the form of Cognito's, signed with a key of this machine, and the people they name."""

import hashlib
import os
import re
import time
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from facteur.domain.identity import API_SCOPE, UserRole

_KEY_ID = "local"
"""The ``kid`` of the one key, as the pool's list of keys would name it."""
LIFETIME = 12 * 3600
"""Seconds of real time: tokens ignore the local clock."""
DEMO = "demo@atelier-durand.example"
_DEMO_PEOPLE = {
    DEMO: ("atelier-durand", "Atelier Durand", "Camille Durand"),
    "demo@autre.example": ("autre", "Autre Société", "Dominique Autre"),
}
_WORDS = re.compile(r"[^._+-]+")


class TokenError(Exception):
    """The token has a wrong signature, issuer or audience, or has expired."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person who signs in."""

    email: str
    user: str
    name: str
    organization: str
    organization_name: str


def person_of(address: str) -> Person:
    """The person an address belongs to, always the same: one of two demo people, or a person
    with an organization of their own."""
    address = address.strip().lower()
    organization, organization_name, name = _DEMO_PEOPLE.get(address) or _stranger(address)
    user = str(uuid.uuid5(uuid.NAMESPACE_URL, f"mailto:{address}"))
    return Person(address, user, name, organization, organization_name)


def _stranger(address: str) -> tuple[str, str, str]:
    local, _, domain = address.partition("@")
    words = [word.capitalize() for word in _WORDS.findall(local)]
    organization = f"org-{hashlib.sha256(address.encode()).hexdigest()[:16]}"
    return organization, domain, " ".join(words) or local


class Tokens:
    """Issues tokens, and checks them as the API's JWT authorizer does."""

    def __init__(
        self,
        key_file: Path,
        *,
        issuer: str,
        audience: Sequence[str],
        clients: Callable[[], Collection[str]] = tuple,
        is_revoked: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """``clients`` lists the host applications that are accepted besides ``audience``;
        ``is_revoked`` tells by its ``jti`` whether a token was signed out."""
        self._key = _key(key_file)
        self._issuer = issuer
        self._audience = audience
        self._clients = clients
        self._is_revoked = is_revoked

    def issue(self, person: Person, role: UserRole = UserRole.ADMIN) -> str:
        """An ID token for a person: by default the first of their organization."""
        # Cognito leaves the claim out for people without a group.
        groups = {"cognito:groups": [role]} if role is UserRole.ADMIN else {}
        return self._signed(
            groups
            | {
                "aud": self._audience[0],
                "token_use": "id",
                "sub": person.user,
                "cognito:username": person.user,
                "email": person.email,
                "email_verified": True,
                "name": person.name,
                "custom:organization": person.organization,
            }
        )

    def issue_to_client(self, client: str) -> str:
        """An access token for a host application, as by client credentials: it names no
        organization."""
        return self._signed(
            {
                "client_id": client,
                "token_use": "access",
                "scope": API_SCOPE,
                "sub": client,
                "version": 2,
            }
        )

    def _signed(self, claims: dict[str, object]) -> str:
        now = int(time.time())
        common = {
            "iss": self._issuer,
            "auth_time": now,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": str(uuid.uuid4()),
        }
        return jwt.encode(common | claims, self._key, algorithm="RS256", headers={"kid": _KEY_ID})

    def claims_of(self, authorization: str) -> Mapping[str, str]:
        """The claims of a token, all as strings, as API Gateway passes them; raises TokenError."""
        scheme, _, token = authorization.rpartition(" ")
        if scheme.lower() not in ("", "bearer"):
            raise TokenError
        try:
            if jwt.get_unverified_header(token).get("kid") != _KEY_ID:
                raise TokenError
            claims = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=["RS256"],
                issuer=self._issuer,
                options={"require": ["exp", "iss"], "verify_aud": False},
            )
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError) as error:
            raise TokenError from error
        if not _audience_of(claims) & {*self._audience, *self._clients()}:
            raise TokenError
        if self._is_revoked(str(claims.get("jti", ""))):
            raise TokenError
        return {name: _text(value) for name, value in claims.items()}


def _audience_of(claims: Mapping[str, object]) -> set[str]:
    """Whom a token is for: ``aud``, one or several (RFC 7519, 4.1.3), or else ``client_id``."""
    audience = claims.get("aud", claims.get("client_id"))
    named = audience if isinstance(audience, list) else [audience]
    return {name for name in named if isinstance(name, str)}


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{' '.join(str(item) for item in value)}]"
        case _:
            return str(value)


def _key(file: Path) -> rsa.RSAPrivateKey:
    if not file.exists():
        key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        written = file.with_suffix(".new")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as stream:
            stream.write(pem)
        written.replace(file)
    loaded = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise TypeError(f"{file} holds another kind of key")
    return loaded
