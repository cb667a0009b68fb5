"""Typed ids, and the verified caller of a request."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

OrgId = NewType("OrgId", str)
"""``[A-Za-z0-9_-]{1,64}``: it is put in tags of messages, which allow no other characters.
https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html"""
UserId = NewType("UserId", str)
DocumentId = NewType("DocumentId", str)
CampaignId = NewType("CampaignId", str)
SendId = NewType("SendId", str)
GroupId = NewType("GroupId", str)
WebhookId = NewType("WebhookId", str)
HookId = NewType("HookId", str)
"""Ids of documents, campaigns, sends, groups, webhooks and their deliveries are ULIDs: their order
is the order of creation."""

API_SCOPE = "facteur/api"
"""What the access token of a host application must be for; ``template.yaml`` declares it."""
MAX_USER = 128
"""Characters of the id of a user, as many as Cognito allows."""
ID_LENGTH = 26
"""Characters of a ULID."""

_ULID = re.compile(rf"[0-7][0-9A-HJKMNP-TV-Z]{{{ID_LENGTH - 1}}}")


def is_id(text: str) -> bool:
    """Could ``text`` be the id of a document, campaign, send, webhook or delivery?"""
    return _ULID.fullmatch(text) is not None


class UserRole(StrEnum):
    """What a person may do: administrators also change the settings of the organization."""

    ADMIN = "admin"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Caller:
    """The verified author of a request.

    ``organization`` and ``user`` come from the token (or, for a host application, from the item an
    operator wrote) and from nowhere else. ``email`` is the address the identity provider verified.
    ``is_application``: a host application acts as ``user``; it is a member even when that person is
    an administrator.
    """

    organization: OrgId
    user: UserId
    email: str
    name: str
    role: UserRole = UserRole.MEMBER
    is_application: bool = False
