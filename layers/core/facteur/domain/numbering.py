"""The number that follows another one: ``F-2026-0143`` after ``F-2026-0142``."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from facteur.domain.content_parts import MAX_NUMBER

_DIGITS: Final = re.compile(r"[0-9]+")
_LONGEST_COUNTER: Final = 15
"""Digits of a counter: a longer one is no counter, but a number of something else."""


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A number by its counter, and by what stands around it."""

    before: str
    counter: int
    digits: int
    after: str

    @classmethod
    def parse(cls, number: str, year: int) -> Self | None:
        """The parts of a number given in ``year``; None when it has no counter.

        The counter is the last group of digits, unless that is the year and another one is before
        it.
        """
        groups = list(_DIGITS.finditer(number))
        counters = [group for group in groups if group[0] != str(year)] or groups
        if not counters or len(counters[-1][0]) > _LONGEST_COUNTER:
            return None
        found = counters[-1]
        return cls(number[: found.start()], int(found[0]), len(found[0]), number[found.end() :])

    def in_year(self, year: int, this_year: int) -> "NumberPattern":
        """The pattern with this year in place of ``year``."""
        old = re.compile(rf"(?<![0-9]){year}(?![0-9])")
        before, after = (old.sub(str(this_year), part) for part in (self.before, self.after))
        return NumberPattern(before, self.counter, self.digits, after)

    def with_counter(self, counter: int) -> str:
        """The number with another counter, of as many digits at least."""
        return f"{self.before}{counter:0{self.digits}}{self.after}"


def following(numbers: Iterable[tuple[str, dt.date]], today: dt.date) -> Iterator[str]:
    """The numbers that follow the highest one with the pattern of the first.

    ``numbers`` are those of the latest documents, newest first, each with the date of its document.
    The year of that date, where it stands in the number, becomes this year; the counter then begins
    again at 1. Nothing follows a number without digits.
    """
    parsed = [(NumberPattern.parse(number, date.year), date) for number, date in numbers]
    last, date = parsed[0] if parsed else (None, today)
    if last is None:
        return
    pattern = last.in_year(date.year, today.year)
    counter = max(
        (
            other.counter
            for other, _ in parsed
            if other is not None and (other.before, other.after) == (pattern.before, pattern.after)
        ),
        default=0,
    )
    while len(number := pattern.with_counter(counter := counter + 1)) <= MAX_NUMBER:
        yield number
