"""The notice to the administrators of an organization: a webhook was disabled by itself."""

from dataclasses import replace
from datetime import datetime

from facteur.domain.address import Recipient, Role
from facteur.domain.identity import SendId
from facteur.domain.notice import SENDER_NAME
from facteur.domain.send import Origin, Send
from facteur.domain.settings import Profile, Sender
from facteur.domain.webhook import DisabledReason, Webhook
from facteur.domain.webhook_url import parse_url
from facteur.locales import language_of


def disabled_notice(
    webhook: Webhook,
    administrator: Profile,
    sender: Sender,
    *,
    notice_id: SendId,
    now: datetime,
) -> Send:
    """Tells an administrator why a webhook was disabled. It names the host alone: the rest of the
    address may contain a secret. ``sender`` is that of the administrator's own mail.
    """
    words = language_of(administrator.locale).webhook_notice
    is_gone = webhook.disabled_reason is DisabledReason.GONE
    target = parse_url(webhook.url)
    host = target.host if target is not None else ""
    return Send(
        id=notice_id,
        origin=Origin.NOTICE,
        created_by=administrator.user,
        queued_at=now,
        sender=replace(sender, name=SENDER_NAME, reply_to=None),
        recipients=(Recipient(sender.copy_to, Role.TO),),
        separate=False,
        copy=None,
        subject=words.subject,
        body=(words.gone if is_gone else words.unreachable).format(host=host),
        locale=administrator.locale,
    )
