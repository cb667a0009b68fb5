"""How much work one PDF may cause."""

import itertools
import re
from dataclasses import dataclass

from pikepdf import settings

from facteur.adapters.upload_check.refused import RefusedError
from facteur.domain.inspection import RefusalReason

MAX_OBJECTS = 100_000
MAX_OBJECT_NUMBER = 1_000_000
MAX_REVISIONS = 64
"""Definitions of one object, and trailers: a file that is saved again and again only grows."""
MAX_PAGES = 5_000
MAX_VALUES = 1_500_000
"""Values visited, each at every reading: about 2 seconds of a processor for a million."""
MAX_INFLATED = 16 * 1024 * 1024
"""Bytes that object streams, cross-reference streams and attached invoices have unpacked."""
MAX_NESTING = 100
MAX_TOKENS = 2_500_000
"""Words in a file and in its object streams. qpdf takes up to 300 bytes for each that it reads as a
value; seven megabytes of page content that is not compressed have as many."""
_TOKEN = re.compile(rb"/?[^\x00\t\n\x0c\r ()<>\[\]{}/]++|[\[<(/]")


@dataclass(slots=True)
class Budget:
    """What is left of the work. Spending more than that raises RefusedError ``TOO_COMPLEX``."""

    values: int = MAX_VALUES
    inflated: int = MAX_INFLATED
    tokens: int = MAX_TOKENS

    def spend_values(self, count: int) -> None:
        self.values -= count
        ensure(self.values >= 0)

    def spend_inflated(self, size: int) -> None:
        self.inflated -= size
        ensure(self.inflated >= 0)

    def spend_tokens(self, text: bytes) -> None:
        """Spend the tokens of a text that is going to be parsed."""
        tokens = itertools.islice(_TOKEN.finditer(text), self.tokens + 1)
        self.tokens -= sum(1 for _ in tokens)
        ensure(self.tokens >= 0)


def ensure(is_within: bool) -> None:
    """Raise RefusedError ``TOO_COMPLEX`` for what exceeds a limit."""
    if not is_within:
        raise RefusedError(RefusalReason.TOO_COMPLEX)


def limit_qpdf() -> None:
    """Set the limits of qpdf itself, which are those of the whole process."""
    settings.set_qpdf_limits(
        flate_max_memory=MAX_INFLATED,
        parser_max_nesting=MAX_NESTING,
        max_stream_filters=1,
    )
