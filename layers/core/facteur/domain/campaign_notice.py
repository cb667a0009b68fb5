"""The notices about a campaign beside failures: to its owner, or to an administrator."""

from dataclasses import replace
from datetime import datetime

from facteur.domain.address import Recipient, Role
from facteur.domain.campaign import Campaign
from facteur.domain.headers import MAX_SUBJECT
from facteur.domain.identity import CampaignId, SendId
from facteur.domain.notice import SENDER_NAME
from facteur.domain.send import Origin, Send
from facteur.domain.settings import Profile, Sender
from facteur.locales import language_of


def handover_notice(
    campaign: Campaign,
    owner: Profile,
    sender: Sender,
    *,
    notice_id: SendId,
    now: datetime,
) -> Send:
    """Tells an administrator that a campaign, whose owner is gone, is theirs now.

    ``sender`` is that of the administrator's own mail.
    """
    words = language_of(owner.locale).campaign_notice
    subject = words.handed_over_subject.format(campaign=campaign.draft.name)
    body = words.handed_over.format(campaign=campaign.draft.name)
    return _notice(owner, sender, subject, body, notice_id=notice_id, now=now)


def no_recipients_notice(
    campaign: Campaign,
    owner: Profile,
    sender: Sender,
    *,
    notice_id: SendId,
    now: datetime,
) -> Send:
    """Tells the owner that a campaign is paused, because its only recipient was forgotten.

    ``sender`` is that of the owner's own mail.
    """
    words = language_of(owner.locale).campaign_notice
    subject = words.no_recipients_subject.format(campaign=campaign.draft.name)
    body = words.no_recipients.format(campaign=campaign.draft.name)
    return _notice(owner, sender, subject, body, notice_id=notice_id, now=now)


def unreadable_notice(
    campaign_id: CampaignId,
    administrator: Profile,
    sender: Sender,
    *,
    notice_id: SendId,
    now: datetime,
) -> Send:
    """Tells an administrator that a campaign, of which only the id is known, is not sent.

    ``sender`` is that of the administrator's own mail.
    """
    words = language_of(administrator.locale).campaign_notice
    body = words.unreadable.format(campaign=campaign_id)
    return _notice(
        administrator, sender, words.unreadable_subject, body, notice_id=notice_id, now=now
    )


def _notice(
    owner: Profile,
    sender: Sender,
    subject: str,
    body: str,
    *,
    notice_id: SendId,
    now: datetime,
) -> Send:
    return Send(
        id=notice_id,
        origin=Origin.NOTICE,
        created_by=owner.user,
        queued_at=now,
        sender=replace(sender, name=SENDER_NAME, reply_to=None),
        recipients=(Recipient(sender.copy_to, Role.TO),),
        separate=False,
        copy=None,
        subject=subject[:MAX_SUBJECT],
        body=body,
        locale=owner.locale,
    )
