"""What a typed search finds: every word typed begins a word of the text, case and accents aside.

A *word* is what white space separates. Punctuation joins its *parts*, and a part begins a word too:
``F-2026-0142`` is found typed whole, and by ``2026-0142`` or ``0142``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_PREFIX = 3
"""A part of two letters finds only itself; one of one letter is ignored."""
LONG_WORD = 8
"""Letters from which a word of several parts may be looked for by its beginning as a whole."""

_PART = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def normalised(text: str) -> str:
    """``text`` in lower case without accents, its words apart by one space, their parts by "-"."""
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
    """Is this word worth an entry of its own, besides those of its parts?"""
    return len(word) >= LONG_WORD and any(letter.isdecimal() for letter in word)


def query_of(typed: str) -> tuple[Word, ...]:
    """The words to look for in what a person typed, without those too short to count."""
    words = (_word(word) for word in dict.fromkeys(normalised(typed).split()))
    return tuple(word for word in words if word.keys)


def _word(text: str) -> Word:
    *before, last = parts_of(text)
    # All parts but the last are followed by another, so they are typed to their end.
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
