"""Names of document types and files, and the default subject and body of messages."""

import re

from facteur.domain.content import Content, DocumentType, party_of
from facteur.domain.content_parts import MAX_LINE
from facteur.domain.variables import escape_braces
from facteur.locales import Locale, language_of


def type_label(document_type: DocumentType, locale: Locale) -> str:
    """The name of a document type in a language."""
    return language_of(locale).document_types[document_type]


def default_body(locale: Locale) -> str:
    """The body proposed for any document, with variables."""
    return language_of(locale).default_body


def default_name(content: Content, locale: Locale) -> str:
    """The document's name, or without one "<type label> <number>"."""
    return content.name or f"{type_label(content.type, locale)} {content.number}"


def default_subject(content: Content, locale: Locale) -> str:
    """The subject proposed for a document, with variables; names typed by people are escaped."""
    party = party_of(content)
    return content.type.rules.subject.format(
        label=type_label(content.type, locale),
        party=f" - {escape_braces(party.name)}" if party else "",
    )


def name_of_copy(name: str, locale: Locale) -> str:
    """The name of a campaign's copy: " (copie)" is added once, then counted: " (copie 2)"."""
    words = language_of(locale)
    numbered = re.escape(words.campaign_copies).replace(re.escape("{n}"), "([0-9]{1,4})")
    counted = re.fullmatch(f"(.*?)(?:{re.escape(words.campaign_copy)}|{numbered})", name)
    if counted is None:
        stem, suffix = name, words.campaign_copy
    else:
        stem, suffix = counted[1], words.campaign_copies.format(n=int(counted[2] or 1) + 1)
    return stem[: MAX_LINE - len(suffix)].rstrip() + suffix
