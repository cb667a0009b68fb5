"""Every error Facteur raises on purpose, in one tree.

    FacteurError
    ├── InputError              the request is wrong: every problem of it, at once       422
    ├── NotFoundError           no such thing in this organization                        404
    ├── UnauthenticatedError    the token names nobody we know                            401
    ├── ConflictError           right request, wrong moment: state, version, uniqueness   409
    │   ├── CampaignMovedError      the campaign was changed while its Send was being made
    │   └── AlreadyRetriedError     another retry of the same Send came first
    ├── TooLargeError           more than the service takes                               413
    ├── TransientError          a dependency fails for now: try again later
    │   ├── StoreThrottledError     the store is throttled: try again in a moment          429
    │   └── UnavailableError        store, archive, scheduler or queue did not answer      503
    └── MailError               SES did not take a message; the name says what to do
        ├── ThrottledError          put it back and try again, later each time
        ├── QuotaExceededError      hold it: nothing more goes out today
        ├── RetryableSendError      the request never reached SES: put it back
        ├── PermanentSendError      give up; the code says why
        └── AmbiguousSendError      SES may have it: never send again

Errors carry a stable code and parameters, not sentences: the sentence is made where it is shown,
in the reader's language.
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


class NotFoundError(FacteurError):
    """Nothing by that id in this organization. Another organization's ids raise it too."""

    def __init__(self, code: str = "not_found", **params: Parameter) -> None:
        super().__init__(code, **params)


class UnauthenticatedError(FacteurError):
    """The token is valid but names no user or known client of any organization."""


class ConflictError(FacteurError):
    """The request is right but not now: state, version or uniqueness forbids it."""


class CampaignMovedError(ConflictError):
    """A campaign is no longer what an occurrence was made from: read it again."""

    def __init__(self) -> None:
        super().__init__("campaign_moved")


class AlreadyRetriedError(ConflictError):
    """Another retry came first. ``send_id`` is that retry, where it is known."""

    def __init__(self, **params: Parameter) -> None:
        super().__init__("already_retried", **params)


class TooLargeError(FacteurError):
    """The request exceeds what the service takes."""


class TransientError(FacteurError):
    """Something we depend on cannot for the moment, after the client's own retries. Workers try
    again later, and reconcile completes whatever is already in the table."""


class StoreThrottledError(TransientError):
    """The store is throttled: try again in a moment."""


class UnavailableError(TransientError):
    """The store, the archive, the scheduler or a queue did not answer, or broke."""


class MailError(FacteurError):
    """SES did not (certainly) take a message. ``detail`` is SES's own text, for the history."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.detail: Final = detail


class ThrottledError(MailError):
    """Too fast: put the message back and try again with jittered back-off."""


class QuotaExceededError(MailError):
    """Daily quota used up, or sending paused: hold the message for an hour."""


class RetryableSendError(MailError):
    """The connection was never made: nothing was sent, put the message back."""


class PermanentSendError(MailError):
    """SES refused for good: the message is failed with this code."""


class AmbiguousSendError(MailError):
    """SES may or may not have accepted: never send again, wait for its own Send event."""
