"""The errors that Facteur raises, in one tree.

    FacteurError
    ├── InputError              the request is wrong: every problem of it, at once       422
    │   └── TooManyPagesError       a document is too long to be printed
    ├── NotFoundError           no such thing in this organization                        404
    ├── UnauthenticatedError    the token names nobody we know                            401
    ├── ForbiddenError          the caller is known, and may not do this                  403
    │   └── SuspendedError          operators have suspended the organization
    ├── DailyLimitError         no messages are left of the organization's day            429
    ├── ConflictError           right request, wrong moment: state, version, uniqueness   409
    │   ├── NumberTakenError        another document has this number
    │   ├── GroupNameTakenError     another group of recipients has this name
    │   ├── CampaignMovedError      the campaign was changed while its Send was being made
    │   └── AlreadyRetriedError     another retry of the same Send came first
    ├── TooLargeError           more than the service takes                               413
    ├── TransientError          a dependency fails for now: try again later
    │   ├── StoreThrottledError     the store is throttled: try again in a moment          429
    │   ├── UnavailableError        store, archive, scheduler or queue did not answer      503
    │   └── UnderWayError           other workers do it now: look again in a moment
    ├── WorkersKilledError      every worker that tried was killed: give up
    └── MailError               a message was not accepted; the name says what to do
        ├── ThrottledError          put it back and try again, later each time
        ├── QuotaExceededError      wait an hour: the daily quota is used up
        ├── RetryableSendError      the mail service was not reached: put it back
        ├── PermanentSendError      give up; the code says why
        └── AmbiguousSendError      it may have been accepted: never send again

Errors carry a stable code and parameters; the sentence is made in the reader's language where it is
shown.
"""

import dataclasses
from dataclasses import dataclass
from typing import Final

type Parameter = str | int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request.

    ``field`` is the dotted path of the field in the request body or query ("lines.2.vat_rate").
    """

    field: str
    code: str
    params: dict[str, Parameter] = dataclasses.field(default_factory=dict)


class FacteurError(Exception):
    """Root of the tree: a stable ``code`` and the ``params`` its sentence needs."""

    def __init__(self, code: str, **params: Parameter) -> None:
        super().__init__(code)
        self.code: Final = code
        self.params: Final = params


class InputError(FacteurError):
    """The request is wrong. ``problems`` lists everything wrong with it, never just the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("validation_failed")
        self.problems: Final = tuple(problems)


class TooManyPagesError(InputError):
    """The PDF of a document would have more than ``max_pages`` pages; ``field`` is what to shorten,
    or what names the document."""

    def __init__(self, max_pages: int, *, field: str = "") -> None:
        super().__init__([Problem(field, "too_many_pages", {"max_pages": max_pages})])
        self.max_pages: Final = max_pages

    def at(self, field: str) -> "TooManyPagesError":
        """The same error, of a field of the request."""
        return TooManyPagesError(self.max_pages, field=field)


class NotFoundError(FacteurError):
    """No item with this id in the organization, even if another organization has one."""

    def __init__(self, code: str = "not_found", **params: Parameter) -> None:
        super().__init__(code, **params)


class UnauthenticatedError(FacteurError):
    """The token is valid but names no user or known client of any organization."""


class ForbiddenError(FacteurError):
    """The caller belongs to the organization, but may not do this."""


class SuspendedError(ForbiddenError):
    """Operators have suspended the organization: it may mail nothing."""

    def __init__(self) -> None:
        super().__init__("organization_suspended")


class DailyLimitError(FacteurError):
    """The organization would send more than ``limit`` messages on one day.

    The next day begins in ``retry_after`` seconds.
    """

    def __init__(self, *, limit: int, retry_after: int) -> None:
        super().__init__("daily_limit_reached", limit=limit)
        self.retry_after: Final = retry_after


class ConflictError(FacteurError):
    """The request is valid, but state, version or uniqueness forbids it now."""


class NumberTakenError(ConflictError):
    """Another document of the type has this number; the params name it."""

    def __init__(self, *, number: str, document_id: str, name: str) -> None:
        super().__init__("number_taken", number=number, document_id=document_id, name=name)


class GroupNameTakenError(ConflictError):
    """Another group of recipients has this name; param ``group_id`` is that one."""

    def __init__(self, *, name: str, group_id: str) -> None:
        super().__init__("group_name_taken", name=name, group_id=group_id)


class CampaignMovedError(ConflictError):
    """The campaign was changed since an occurrence was made from it: read it again."""

    def __init__(self) -> None:
        super().__init__("campaign_moved")


class AlreadyRetriedError(ConflictError):
    """Another retry came first; param ``send_id`` is that retry, if it could be read."""

    def __init__(self, **params: Parameter) -> None:
        super().__init__("already_retried", **params)


class TooLargeError(FacteurError):
    """The request exceeds what the service takes."""


class TransientError(FacteurError):
    """A dependency failed for now, after the client's own retries.

    Workers try again later, and reconcile completes what is already stored.
    """


class StoreThrottledError(TransientError):
    """The store is throttled: try again in a moment."""


class UnavailableError(TransientError):
    """The store, the archive, the scheduler or a queue did not answer, or broke."""


class UnderWayError(TransientError):
    """As many workers as are allowed do this at the moment: look again later."""


class WorkersKilledError(FacteurError):
    """Every worker that tried this was killed by it: do not try again."""


class MailError(FacteurError):
    """The mail service did not accept a message, or may not have.

    ``detail`` is its own text, for the history.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.detail: Final = detail


class ThrottledError(MailError):
    """Too fast: put the message back and try again with jittered back-off."""


class QuotaExceededError(MailError):
    """Daily quota used up, or sending paused: try again in an hour."""


class RetryableSendError(MailError):
    """The connection was never made: nothing was sent, put the message back."""


class PermanentSendError(MailError):
    """Refused for good: the message is failed with this code."""


class AmbiguousSendError(MailError):
    """It may have been accepted: never send again, wait for the event that says so."""
