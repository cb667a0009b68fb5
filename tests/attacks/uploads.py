"""What the function ``inspect`` says of a PDF."""

from functools import cache

from facteur.adapters.upload_check.checker import StrictPdfChecker
from facteur.domain.inspection import Refusal


@cache
def checker() -> StrictPdfChecker:
    """The one that is deployed."""
    return StrictPdfChecker()


def refusal_of(pdf: bytes) -> Refusal | None:
    return checker().check(pdf)


def reason_of(pdf: bytes) -> str:
    """The code of the refusal; empty for a PDF that may be sent."""
    refusal = refusal_of(pdf)
    return "" if refusal is None else refusal.reason.value
