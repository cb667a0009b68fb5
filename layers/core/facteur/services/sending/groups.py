"""Create, change and delete groups of recipients."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from facteur.domain.errors import ConflictError, InputError, Problem
from facteur.domain.group import Contact, Group, GroupSummary, check_group
from facteur.domain.idempotency import IdempotencyKey, IdempotencyRecord
from facteur.domain.identity import Caller, GroupId
from facteur.domain.requests import GroupRequest
from facteur.ports import Clock, Creation, Ids, Page, Store

MAX_NAMED_CAMPAIGNS = 5
"""Campaigns named when a group cannot be deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditGroups:
    """Reads and changes the groups of an organization."""

    store: Store
    clock: Clock
    ids: Ids

    def create(
        self,
        caller: Caller,
        request: GroupRequest,
        *,
        idempotency_key: IdempotencyKey | None = None,
    ) -> Group:
        """Store a new group.

        A request repeated with the same key gets the group as the first one created it, even if it
        was changed since. Raises InputError with every problem, GroupNameTakenError.
        """
        contacts = _checked(request)
        now = self.clock.now()
        group = _new(GroupId(self.ids.new_id(now)), request.name, contacts, now)
        if idempotency_key is not None:
            idempotency_key = replace(idempotency_key, facts={"at": now.isoformat()})
        groups = self.store.groups(caller.organization)
        creation = groups.create(group, idempotency_key=idempotency_key)
        return group if creation.id == group.id else _made_before(group, creation)

    def get(self, caller: Caller, group_id: GroupId) -> Group:
        """One group with its addresses. Raises NotFoundError."""
        return self.store.groups(caller.organization).get(group_id)

    def list_page(self, caller: Caller, *, cursor: str | None, limit: int) -> Page[GroupSummary]:
        """A page of the list of groups, newest first. Raises InputError ``cursor_invalid``."""
        return self.store.groups(caller.organization).list_page(cursor=cursor, limit=limit)

    def replace(
        self, caller: Caller, group_id: GroupId, request: GroupRequest, *, version: int
    ) -> Group:
        """Change a group that is still at the version read; its campaigns follow.

        Raises NotFoundError; InputError with every problem; ConflictError ``version_conflict``;
        GroupNameTakenError.
        """
        groups = self.store.groups(caller.organization)
        stored = groups.get(group_id)
        contacts = _checked(request)
        if stored.version != version:
            raise ConflictError("version_conflict", version=stored.version)
        edited = replace(
            stored,
            name=request.name,
            contacts=contacts,
            version=version + 1,
            updated_at=self.clock.now(),
        )
        groups.replace(edited)
        return edited

    def delete(self, caller: Caller, group_id: GroupId) -> None:
        """Delete a group; what was sent to it stays in the history.

        Raises NotFoundError, ConflictError ``group_in_use`` while a campaign sends to it.
        """
        using = self.store.campaigns(caller.organization).using(group_id)
        if using:
            names = ", ".join(campaign.draft.name for campaign in using[:MAX_NAMED_CAMPAIGNS])
            raise ConflictError("group_in_use", campaigns=names, count=len(using))
        self.store.groups(caller.organization).delete(group_id)


def _checked(request: GroupRequest) -> tuple[Contact, ...]:
    contacts, wrong = check_group(request.name, request.contacts)
    broken = {problem.field.partition(".")[0] for problem in request.problems}
    problems: Sequence[Problem] = [
        *request.problems,
        *(one for one in wrong if not (one.code == "required" and one.field in broken)),
    ]
    if problems:
        raise InputError([*problems])
    return contacts


def _new(group_id: GroupId, name: str, contacts: tuple[Contact, ...], now: dt.datetime) -> Group:
    return Group(
        id=group_id, name=name, contacts=contacts, version=1, created_at=now, updated_at=now
    )


def _made_before(group: Group, first: IdempotencyRecord | Creation) -> Group:
    """The group as the first of equal requests created it."""
    at = dt.datetime.fromisoformat(first.facts["at"])
    return _new(GroupId(first.id), group.name, group.contacts, at)
