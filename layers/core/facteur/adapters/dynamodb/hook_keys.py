"""Builds and parses the keys of webhooks, of their secrets and of deliveries to them."""

import re
import zlib

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.keys import LONGEST_PART, Keys, Partition, key_of
from facteur.domain.identity import HookId, OrgId, WebhookId

HOOK_SHARDS = ("hooks-0", "hooks-1", "hooks-2", "hooks-3")
"""Shards of the index ``overdue``."""

_HOOK = re.compile(r"ORG#([^#]+)#(?:HOOKS|HOOK#([0-9A-Z]+))")


class HookKeys(Keys):
    """Builds the keys of one organization, with those of its webhooks."""

    def webhooks(self) -> Partition:
        return Partition(f"{self._own}#HOOKS")

    def webhook(self, webhook: WebhookId) -> Item:
        return key_of(self.webhooks().pk, webhook[:LONGEST_PART])

    def webhook_secrets(self, webhook: WebhookId) -> Item:
        return key_of(f"{self._own}#HOOKSECRETS", webhook[:LONGEST_PART])

    def hooks(self, webhook: WebhookId) -> Partition:
        return Partition(f"{self._own}#HOOK#{webhook[:LONGEST_PART]}")

    def hook(self, webhook: WebhookId, hook: HookId) -> Item:
        return key_of(self.hooks(webhook).pk, hook[:LONGEST_PART])


def owner_of_hook(item: Item) -> tuple[OrgId, WebhookId, HookId | None]:
    """The organization, the webhook and, unless the item is a webhook itself, the delivery."""
    match = _HOOK.fullmatch(item["pk"]["S"])
    if match is None:
        raise ValueError("not the key of a webhook or a delivery")
    sk = item["sk"]["S"]
    if match[2] is None:
        return OrgId(match[1]), WebhookId(sk), None
    return OrgId(match[1]), WebhookId(match[2]), HookId(sk)


def hook_shard_of(identifier: WebhookId | HookId) -> str:
    """The shard of a webhook or delivery in the index ``overdue``; it never changes."""
    return HOOK_SHARDS[zlib.crc32(identifier.encode()) % len(HOOK_SHARDS)]
