"""ULIDs: ids whose order is the order of the instants they are made for."""

from datetime import UTC, datetime, timedelta

from ulid import ULID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RANDOM_BYTES = bytes(10)


class UlidIds:
    """Makes ULIDs; those one process makes for the same millisecond rise too."""

    def new_id(self, at: datetime) -> str:
        """A new ULID for an instant."""
        # By whole milliseconds: a float of seconds would now and then be one short.
        return str(ULID.from_timestamp((at - _EPOCH) // timedelta(milliseconds=1)))


def lowest_ulid(at: datetime) -> str:
    """The bound between ULIDs made before ``at`` (lower) and since ``at`` (not lower)."""
    milliseconds = -((_EPOCH - at) // timedelta(milliseconds=1))
    in_range = min(max(milliseconds, 0), 2**48 - 1)
    return str(ULID.from_bytes(in_range.to_bytes(6, "big") + _RANDOM_BYTES))
