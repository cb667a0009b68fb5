"""Accounts as items, which only operators' commands write."""

from facteur.adapters.dynamodb.attributes import (
    Item,
    flag,
    number,
    read_flag,
    read_number,
    read_texts,
    texts,
)
from facteur.adapters.dynamodb.keys import Keys
from facteur.domain.account import DEFAULT_MESSAGES_PER_DAY, Account

_LIMIT = "messages_per_day"


def account_item(keys: Keys, account: Account) -> Item:
    """The item of an account. A limit that is the default is not stored: it follows the default."""
    item = keys.account() | {
        "exclusive_domains": texts(account.exclusive_domains),
        "shared_domains": texts(account.shared_domains),
        "sender_addresses": texts(account.sender_addresses),
        "suspended": flag(account.suspended),
    }
    if account.messages_per_day != DEFAULT_MESSAGES_PER_DAY:
        item[_LIMIT] = number(account.messages_per_day)
    return item


def account_from(item: Item) -> Account:
    """The account stored in an item."""
    limit = read_number(item, _LIMIT) if _LIMIT in item else DEFAULT_MESSAGES_PER_DAY
    return Account(
        exclusive_domains=read_texts(item, "exclusive_domains"),
        shared_domains=read_texts(item, "shared_domains"),
        sender_addresses=read_texts(item, "sender_addresses"),
        messages_per_day=limit,
        suspended=read_flag(item, "suspended"),
    )
