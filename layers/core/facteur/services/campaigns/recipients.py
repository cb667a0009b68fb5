"""Whom a campaign writes to: its own addresses and those that its groups have now."""

from collections.abc import Sequence
from dataclasses import replace

from facteur.domain.address import Recipient, Role
from facteur.domain.campaign import Campaign, CampaignDraft
from facteur.domain.errors import ConflictError
from facteur.domain.group import Group, check_count, with_groups
from facteur.domain.identity import OrgId
from facteur.domain.send import SendFailure
from facteur.ports import Store


def recipients_of(draft: CampaignDraft, groups: Sequence[Group]) -> tuple[Recipient, ...]:
    """The recipients of one occurrence; several of one message are all blind.

    None of them when ``find_fault`` finds one: nobody is to be written to rather than some of them.
    """
    everybody = _everybody(draft, groups)
    if find_fault(draft, groups) is not None:
        return ()
    role = Role.TO if draft.separate or len(everybody) == 1 else Role.BCC
    return tuple(replace(recipient, role=role) for recipient in everybody)


def find_fault(draft: CampaignDraft, groups: Sequence[Group]) -> SendFailure | None:
    """What prevents an occurrence; ``groups`` are those of the campaign that exist."""
    if len(groups) < len(draft.groups):
        return SendFailure(code="group_unavailable")
    everybody = _everybody(draft, groups)
    if not everybody:
        # Everybody that the campaign wrote to has asked to be forgotten.
        return SendFailure(code="no_recipients")
    if check_count(everybody, field="groups"):
        return SendFailure(code="too_many_recipients")
    return None


def ensure_groups(store: Store, organization: OrgId, campaign: Campaign) -> None:
    """Can a campaign be sent to its groups as they are now?

    Raises ConflictError ``group_unavailable``, ``too_many_recipients`` or ``no_recipients``.
    """
    draft = campaign.draft
    if not draft.groups:
        return
    groups = store.groups(organization).find_many(draft.groups)
    if (fault := find_fault(draft, groups)) is not None:
        raise ConflictError(fault.code)


def _everybody(draft: CampaignDraft, groups: Sequence[Group]) -> tuple[Recipient, ...]:
    typed = [Recipient(address, Role.TO) for address in draft.recipients]
    return with_groups(typed, groups, role=Role.TO)
