"""Finds the groups of recipients that a request names."""

from collections.abc import Sequence

from facteur.domain.errors import Problem
from facteur.domain.group import MAX_GROUPS, Group
from facteur.domain.identity import GroupId, is_id
from facteur.ports import Groups


def choose_groups(
    groups: Groups, group_ids: Sequence[str]
) -> tuple[Sequence[Group], list[Problem]]:
    """The groups, in this order without repetitions, and what is wrong with the request."""
    distinct = list(dict.fromkeys(group_ids))
    if len(distinct) > MAX_GROUPS:
        return (), [Problem("groups", "too_many", {"max_length": MAX_GROUPS})]
    found = groups.find_many([GroupId(one) for one in distinct if is_id(one)]) if distinct else ()
    missing = set(distinct) - {group.id for group in found}
    return found, [
        Problem("groups", "group_not_found", {"group_id": one[:40]})
        for one in distinct
        if one in missing
    ]
