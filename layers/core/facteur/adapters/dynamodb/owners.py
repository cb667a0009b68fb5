"""Whose an item is, by its key."""

import re

from facteur.adapters.dynamodb.attributes import Item
from facteur.adapters.dynamodb.keys import ACCOUNT, CAMPAIGN, SETTINGS
from facteur.domain.identity import OrgId

_ROW = re.compile(r"ORG#([^#]+)#(SENDS|NOTICES)")
_OWN = re.compile(r"ORG#([^#]+)")
_DECIDED = re.compile(r"ORG#([^#]+)(#ACCOUNT)?")


def owner_of_row(item: Item) -> tuple[OrgId, bool]:
    """The organization of a Send's row, and whether the Send is a notice."""
    match = _ROW.fullmatch(item["pk"]["S"])
    if match is None:
        raise ValueError("not the key of a row")
    return OrgId(match[1]), match[2] == "NOTICES"


def owner_of_campaign(item: Item) -> OrgId | None:
    """The organization of a campaign; None when the item is not a campaign."""
    match = _OWN.fullmatch(item["pk"]["S"])
    is_campaign = item["sk"]["S"].startswith(CAMPAIGN)
    return OrgId(match[1]) if match is not None and is_campaign else None


DECIDED_SKS = (SETTINGS, ACCOUNT)
"""The sort keys of the items that say which domains an organization has."""


def owner_of_decisions(item: Item) -> tuple[OrgId, bool]:
    """The organization of an item with one of DECIDED_SKS, and whether it is its account."""
    match = _DECIDED.fullmatch(item["pk"]["S"])
    if match is None:
        raise ValueError("not the key of settings or of an account")
    return OrgId(match[1]), match[2] is not None
