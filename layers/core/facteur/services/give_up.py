"""When work that keeps failing is given up: a person is told instead of waiting for ever."""

from facteur.domain.errors import PassingError

HOPELESS_AFTER = 5
"""Receptions of a message that failed for a reason of its own: about half an hour, by the time for
which the queues hide what was received."""
LAST_RECEPTION = 10
"""Receptions after which the queue ``due`` gives a message up, as in the template."""


def is_hopeless(error: Exception, receive_count: int) -> bool:
    """Is another attempt useless? Not as long as the reason goes away by itself."""
    return receive_count >= HOPELESS_AFTER and not isinstance(error, PassingError)
