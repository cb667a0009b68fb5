"""Who is calling, in responses."""

from facteur.domain.account import DayLimits
from facteur.domain.identity import Caller, UserRole
from facteur.http.fields import ResponseModel


class LimitsAnswer(ResponseModel):
    """Messages that the organization may send in a day (UTC), and those it has sent today."""

    messages_per_day: int
    used_today: int


class MeAnswer(ResponseModel):
    """The caller: ids of user and organization, what the role allows, and what is left of the
    day."""

    user: str
    organization: str
    role: UserRole
    limits: LimitsAnswer


def me_answer(caller: Caller, limits: DayLimits) -> MeAnswer:
    """The response for a caller."""
    return MeAnswer(
        user=caller.user,
        organization=caller.organization,
        role=caller.role,
        limits=LimitsAnswer(messages_per_day=limits.messages_per_day, used_today=limits.used_today),
    )
