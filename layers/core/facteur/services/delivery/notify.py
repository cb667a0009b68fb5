"""When the sender of a failed Send is told, and the notice that tells them."""

from collections.abc import Mapping
from datetime import datetime

from facteur.domain.console import Console
from facteur.domain.deadlines import NOTICE_REST
from facteur.domain.forgetting import is_forgotten
from facteur.domain.identity import OrgId, SendId
from facteur.domain.message import MessageState
from facteur.domain.notice import is_at_rest, notice_of
from facteur.domain.send import Origin, Send, SendStatus
from facteur.domain.send_row import SendRow, is_stopped
from facteur.ports import Store
from facteur.services.delivery.pause_failing import find_readable


def notice_due_at(
    store: Store,
    organization: OrgId,
    send: Send,
    row: SendRow,
    states: Mapping[int, MessageState],
    *,
    now: datetime,
) -> datetime | None:
    """When the notice of a failure is due; None when none is.

    At once when no more is to be expected about any recipient, so that it names every failure; else
    NOTICE_REST after this was first asked.
    """
    if not (_needs_notice(row) and _may_notify(store, organization, send)):
        return None
    return now if is_at_rest(send, states) else row.notice_at or now + NOTICE_REST


def write_notice(
    store: Store,
    organization: OrgId,
    send: Send,
    states: Mapping[int, MessageState],
    *,
    console: Console,
    notice_id: SendId,
    now: datetime,
) -> Send:
    """The notice of a failure, which says whether the campaign is paused by its failures."""
    campaign = None
    if send.campaign_id is not None:
        campaign = find_readable(store.campaigns(organization), send.campaign_id)
    return notice_of(
        send,
        states,
        campaign=campaign,
        console=console,
        notice_id=notice_id,
        now=now,
    )


def _needs_notice(row: SendRow) -> bool:
    """Is a notice owed? One per Send, never about a notice or to somebody who was forgotten.

    It waits until all messages have ended, except for those that wait for the quota or the end of a
    suspension, which may take days.
    """
    return (
        row.progress.status is SendStatus.FAILED
        and (row.progress.is_finished or row.waiting_for_quota or is_stopped(row))
        and not row.notified
        and row.origin is not Origin.NOTICE
        and not is_forgotten(row.sender.copy_to)
    )


def _may_notify(store: Store, organization: OrgId, send: Send) -> bool:
    """May a notice be sent? It has the sender of the Send, who may be nobody's to use when the Send
    could not be made."""
    if send.failure is None:
        return True
    account = store.settings(organization).get_account()
    return account.lets_owner_send(send.sender.address)
