"""The error that ends a check."""

from typing import Final

from facteur.domain.inspection import Refusal, RefusalReason


class RefusedError(Exception):
    """The PDF may not be sent."""

    def __init__(self, reason: RefusalReason, what: str = "") -> None:
        super().__init__(reason.value)
        self.refusal: Final = Refusal(reason, what)
