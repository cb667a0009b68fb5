"""Who is calling, in responses."""

from facteur.domain.identity import Caller, UserRole
from facteur.http.fields import ResponseModel


class MeAnswer(ResponseModel):
    """The caller: ids of user and organization, and what the role allows."""

    user: str
    organization: str
    role: UserRole


def me_answer(caller: Caller) -> MeAnswer:
    """The response for a caller."""
    return MeAnswer(user=caller.user, organization=caller.organization, role=caller.role)
