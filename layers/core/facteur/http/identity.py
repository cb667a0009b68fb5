"""The caller of a request, from the verified claims of its token only."""

import re
from collections.abc import Mapping
from dataclasses import replace

from facteur.domain.address import parse_addresses
from facteur.domain.errors import UnauthenticatedError
from facteur.domain.headers import check_display_name
from facteur.domain.identity import API_SCOPE, Caller, OrgId, UserId, UserRole
from facteur.ports import Clients

MAX_NAME = 100

_ORGANIZATION = re.compile(r"[A-Za-z0-9_-]{1,64}")


def caller_of(claims: Mapping[str, object], clients: Clients) -> Caller:
    """The caller that verified claims name: a person, or the user a host application acts as.

    The organization is a claim of an ID token; an access token is accepted only when an operator
    has registered its client and it is for the API: a client may have tokens for other things.
    (API Gateway can check the scope of a route, but then refuses ID tokens, which have none.)
    Only an ID token makes an administrator. Raises UnauthenticatedError otherwise.
    """
    match claims.get("token_use"):
        case "id":
            return _person(claims)
        case "access":
            caller = clients.find_client(_text(claims, "client_id"))
            if caller is None:
                raise UnauthenticatedError("client_unknown")
            if API_SCOPE not in _text(claims, "scope").split():
                raise UnauthenticatedError("scope_missing")
            return replace(caller, role=UserRole.MEMBER, is_application=True)
        case _:
            raise UnauthenticatedError("token_unknown")


def _person(claims: Mapping[str, object]) -> Caller:
    organization, user = _text(claims, "custom:organization"), _text(claims, "sub")
    if not _ORGANIZATION.fullmatch(organization) or not user:
        raise UnauthenticatedError("token_unknown")
    addresses, problems = parse_addresses(_text(claims, "email"), field="email")
    # API Gateway hands claims over as text, whatever their type in the token.
    if str(claims.get("email_verified")).lower() != "true" or problems or len(addresses) != 1:
        raise UnauthenticatedError("email_not_verified")
    return Caller(
        OrgId(organization),
        UserId(user),
        addresses[0],
        _name(claims, addresses[0]),
        role=_role(claims),
    )


def _role(claims: Mapping[str, object]) -> UserRole:
    """An administrator is in the pool's group of that name; everybody else is a member.

    API Gateway hands a list over as "[admin other]"; names of groups have no spaces.
    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateGroup.html
    """
    groups = _text(claims, "cognito:groups").removeprefix("[").removesuffix("]").split()
    return UserRole.ADMIN if UserRole.ADMIN in groups else UserRole.MEMBER


def _name(claims: Mapping[str, object], email: str) -> str:
    """The name to show as sender; one that From may not carry is ignored."""
    name = _text(claims, "name").strip()
    if not name or len(name) > MAX_NAME or check_display_name(name, field="name"):
        return email.partition("@")[0]
    return name


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""
