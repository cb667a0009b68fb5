"""Text search: every typed word must begin a word of the text; case and accents are ignored.

White space separates *words*; punctuation separates the *parts* of a word. A search may also begin
at a part: ``F-2026-0142`` is found by all of it, by ``2026-0142`` and by ``0142``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_PREFIX = 3
"""Letters of the shortest prefix: a part of two letters finds only itself, one letter nothing."""
LONG_WORD = 8
"""Letters from which a word of several parts is also indexed as a whole."""

_PART = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def normalised(text: str) -> str:
    """``text`` in lower case without accents, words separated by one space, parts by "-"."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = ("-".join(_PART.findall(word)) for word in plain.translate(_LETTERS).split())
    return " ".join(word for word in words if word)


def parts_of(text: str) -> list[str]:
    """The parts of the words of a normalised text, in order."""
    return _PART.findall(text)


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for. ``whole``: it must not merely begin a word of the text.

    An index of prefixes can find it by any of its ``keys``: parts of two letters or more, all of a
    long word with a digit ("LP-2026-11"), or two single letters side by side ("F-1").
    """

    text: str
    whole: bool
    keys: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Does it begin a word, or a part of one, of this normalised text?"""
        end = "(?![^ -])" if self.whole else ""
        return re.search(rf"(?<![^ -]){re.escape(self.text)}{end}", text) is not None


def is_number(word: str) -> bool:
    """Does this word get an index entry of its own, besides those of its parts?"""
    return len(word) >= LONG_WORD and any(letter.isdecimal() for letter in word)


def query_of(typed: str) -> tuple[Word, ...]:
    """The words to look for in a typed text, without those that are too short."""
    words = (_word(word) for word in dict.fromkeys(normalised(typed).split()))
    return tuple(word for word in words if word.keys)


def _word(text: str) -> Word:
    *before, last = parts_of(text)
    # A part that is followed by another one is complete, so it may be short.
    keys = [part for part in before if len(part) >= SHORTEST_PREFIX - 1]
    whole = not keys and len(last) < SHORTEST_PREFIX
    if len(last) >= SHORTEST_PREFIX or (whole and len(last) == SHORTEST_PREFIX - 1):
        keys.append(last)
    if before and is_number(text):
        keys.append(text)
    if before and not keys:
        keys.append("-".join([*before, last][:2]))
    return Word(text, whole, tuple(keys))


def matches(words: Iterable[Word], text: str) -> bool:
    """Are all these words in a normalised text?"""
    return all(word.is_in(text) for word in words)
