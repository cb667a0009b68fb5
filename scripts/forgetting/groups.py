"""Forgets a person in groups of recipients."""

from dataclasses import dataclass, replace

from facteur.domain.attempts import retry_when_outrun
from facteur.domain.errors import ConflictError, GroupNameTakenError
from facteur.domain.forgetting import group_without
from facteur.domain.group import Group
from facteur.domain.identity import GroupId, OrgId
from facteur.ports import Clock, Store
from scripts.forgetting.report import Report
from scripts.forgetting.search import Wanted

_NOBODY_LEFT = (
    "its only address was forgotten: campaigns that send to it alone will fail; give it addresses"
    " or delete it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetInGroups:
    """Changes groups as people do, with their version."""

    store: Store
    clock: Clock

    def erase(self, organization: OrgId, group_id: GroupId, wanted: Wanted, report: Report) -> None:
        """Remove the person from the addresses and the name of a group."""
        retry_when_outrun(
            lambda: self._erase(organization, group_id, wanted, report), code="group_contended"
        )

    def _erase(
        self, organization: OrgId, group_id: GroupId, wanted: Wanted, report: Report
    ) -> bool | None:
        """None when somebody has changed the group meanwhile."""
        groups = self.store.groups(organization)
        for group in groups.find_many([group_id]):
            without = group_without(group, wanted.redaction(organization), now=self.clock.now())
            if without == group:
                continue
            try:
                self._replace(organization, without)
            except ConflictError:
                return None
            report.say(organization, "group of recipients", group.id, "person erased")
            if not without.contacts:
                report.ask(organization, "group of recipients", group.id, _NOBODY_LEFT)
        return True

    def _replace(self, organization: OrgId, group: Group) -> None:
        groups = self.store.groups(organization)
        try:
            groups.replace(group)
        except GroupNameTakenError:
            # Two groups had names that differed in the person alone.
            groups.replace(replace(group, name=f"{group.name} ({group.id[-6:]})"))
