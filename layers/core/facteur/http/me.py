"""The caller of a request, as the API knows them."""

from facteur.domain.account import DayLimits
from facteur.domain.identity import Caller
from facteur.http.fields import ResponseModel


class LimitsAnswer(ResponseModel):
    """Messages that the organization may send in a day (UTC), and those it has sent today."""

    messages_per_day: int
    used_today: int


class MeAnswer(ResponseModel):
    """Who the caller is, and the limits of their organization."""

    user: str
    organization: str
    limits: LimitsAnswer


def me_answer(caller: Caller, limits: DayLimits) -> MeAnswer:
    """The response about a caller."""
    return MeAnswer(
        user=caller.user,
        organization=caller.organization,
        limits=LimitsAnswer(messages_per_day=limits.messages_per_day, used_today=limits.used_today),
    )
