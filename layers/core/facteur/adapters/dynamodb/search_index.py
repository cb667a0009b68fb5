"""The search index: a posting per term, recipient, campaign and document of each Send."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from facteur.adapters.dynamodb import keys as spelling
from facteur.adapters.dynamodb.attributes import Item, flag, read_flag, read_text, text
from facteur.adapters.dynamodb.keys import Keys, Partition
from facteur.domain.content import DocumentType
from facteur.domain.requests import SendFilter
from facteur.domain.search import (
    LONG_WORD,
    SHORTEST_PREFIX,
    Word,
    is_number,
    matches,
    normalised,
    parts_of,
)
from facteur.domain.send import FrozenDocument, Origin, Send
from facteur.domain.send_row import SendRow

PREFIX_LENGTHS = (SHORTEST_PREFIX, 6, 12, 20)
"""Lengths of the prefixes stored for each part of a word. A part of two letters is stored whole,
and so are two neighbouring parts of one letter each."""
NUMBER_LENGTHS = (LONG_WORD, 10, 12, 14, 16, 18, 20)
"""The same for each part, and for each end of a word, that is a number: numbers of a series begin
alike."""
_FORMER_LENGTHS = (SHORTEST_PREFIX, 4, 6, *NUMBER_LENGTHS)
"""Those of every part in version 0.1.0: they include the others, so that its postings are found."""
MOST_TERMS = 200
"""Terms of a Send, at most; the words of documents' numbers come first."""
_MOST_TEXT = 300
"""Bytes of text in a posting, at most; if the text was cut, the row is read instead."""


def searchable(subject: str, documents: Iterable[FrozenDocument]) -> str:
    """The distinct normalised words of numbers, subject and names."""
    documents = tuple(documents)
    numbers = [document.number for document in documents]
    names = [document.name for document in documents]
    words = normalised(" ".join([*numbers, subject, *names])).split()
    return " ".join(dict.fromkeys(words))


def terms_of(words: str, *, former: bool = False) -> list[str]:
    """The terms of a normalised text, at most ``MOST_TERMS``; ``former``: of version 0.1.0."""
    terms: dict[str, None] = {}
    for word in words.split():
        own = _terms_of_word(word, _former_lengths if former else _lengths)
        if len(terms) + len(own) > MOST_TERMS:
            break
        terms |= dict.fromkeys(own)
    return list(terms)


def _terms_of_word(word: str, lengths_of: Callable[[str], list[int]]) -> list[str]:
    parts = parts_of(word)
    terms = [part for part in parts if len(part) == SHORTEST_PREFIX - 1]
    terms += [part[:length] for part in parts for length in lengths_of(part)]
    for n in range(len(parts) - 1):
        tail = "-".join(parts[n:])
        if is_number(tail):
            terms += [tail[:length] for length in NUMBER_LENGTHS if length <= len(tail)]
        if len(parts[n]) == len(parts[n + 1]) == 1:
            terms.append(tail[:SHORTEST_PREFIX])
    return terms


def _lengths(word: str) -> list[int]:
    lengths = {*PREFIX_LENGTHS, *(NUMBER_LENGTHS if is_number(word) else ())}
    return sorted(length for length in lengths if length <= len(word))


def _former_lengths(word: str) -> list[int]:
    return [length for length in _FORMER_LENGTHS if length <= len(word)]


def postings_of(keys: Keys, send: Send, *, former: bool = False) -> list[Item]:
    """The postings of a Send; a notice has none, since it is not in the history.

    ``former``: those that version 0.1.0 stored.
    """
    if send.origin is Origin.NOTICE or send.document_type is None:
        return []
    words = searchable(send.subject, send.documents)
    partitions = [keys.of_recipient(recipient.address) for recipient in send.recipients]
    partitions += [keys.of_document(document.id) for document in send.documents]
    partitions += [keys.of_campaign(send.campaign_id)] if send.campaign_id is not None else []
    partitions += [keys.of_term(term) for term in terms_of(words, former=former)]
    content = _content(words, send.document_type)
    return [
        spelling.posting(partition, send.id) | content for partition in dict.fromkeys(partitions)
    ]


def _content(words: str, document_type: DocumentType) -> Item:
    carried = words.encode()[:_MOST_TEXT].decode(errors="ignore")
    content: Item = {"words": text(carried), "type": text(document_type)}
    return content if carried == words else content | {"cut": flag(True)}


@dataclass(frozen=True, slots=True)
class Search:
    """A filter that postings can answer, with the words of its ``q``."""

    wanted: SendFilter
    words: Sequence[Word]

    def partition(self, keys: Keys) -> Partition | None:
        """The partition of the rarest filter; None when no filter has postings."""
        if self.wanted.recipient:
            return keys.of_recipient(self.wanted.recipient)
        if self.wanted.document_id:
            return keys.of_document(self.wanted.document_id)
        if self.wanted.campaign_id:
            return keys.of_campaign(self.wanted.campaign_id)
        if self.words:
            return keys.of_term(_driving_term(self.words))
        return None

    def may_accept(self, posting: Item) -> bool:
        """Could the row of this posting match?"""
        fits = self.wanted.type in (None, read_text(posting, "type"))
        return fits and (
            read_flag(posting, "cut") or matches(self.words, read_text(posting, "words"))
        )

    def accepts(self, row: SendRow) -> bool:
        """Does this row match? Its recipient does, since the posting was found under it."""
        return self.wanted.accepts(row) and matches(
            self.words, searchable(row.subject, row.documents)
        )


def _driving_term(words: Iterable[Word]) -> str:
    """The stored term of the key that is probably the rarest."""
    key = max(_keys(words), key=_rarity)
    return key[: max(_lengths(key), default=len(key))]


def _keys(words: Iterable[Word]) -> Iterator[str]:
    # In reverse: of equally rare keys, the end of a number is more specific than its beginning.
    return (key for word in reversed(tuple(words)) for key in reversed(word.keys))


def _rarity(key: str) -> tuple[bool, int]:
    """Sort key: numbers are rarest, then long words. A year is common, as in "F-2026-0142"."""
    is_year = len(key) == 4 and key.isdecimal() and key.startswith(("19", "20"))
    has_digit = any(letter.isdecimal() for letter in key)
    return has_digit and not is_year, len(key)
