"""The text of PDFs, some of which come from anybody, read with bounded time and memory."""

import io
import logging
import multiprocessing
import resource
from multiprocessing.pool import Pool
from typing import Self

from pypdf import PdfReader

TIME_LIMIT = 60.0
"""Seconds that one PDF may take; a list of a thousand people takes about five."""
_MEMORY_LIMIT = 2 * 1024**3


def text_of(pdf: bytes) -> str | None:
    """The text of a PDF; None when it has none or cannot be read."""
    try:
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    except Exception:  # noqa: BLE001 - the faults of a PDF have no common root
        return None
    return text if text.strip() else None


class PdfTexts:
    """Reads PDFs one after the other; one that takes too long is given up alone."""

    def __init__(self, *, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, pdf: bytes) -> str | None:
        """The text of a PDF; None also when it took too long."""
        if self._pool is None:
            # The process of the caller has threads: a fork of it may hang.
            self._pool = multiprocessing.get_context("spawn").Pool(1, _limit)
        try:
            return self._pool.apply_async(text_of, (pdf,)).get(self.time_limit)
        except multiprocessing.TimeoutError:
            self._end()
            return None

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()
            self._pool = None


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))
    # pypdf logs every fault of a file that it can read all the same.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
