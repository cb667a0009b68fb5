"""ULIDs: ids that sort by the instants they are made for."""

from datetime import UTC, datetime, timedelta

from ulid import ULID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RANDOM_BYTES = bytes(10)


class UlidIds:
    """The port ``Ids``. ULIDs made by one process for the same millisecond are ascending."""

    def new_id(self, at: datetime) -> str:
        """A new ULID for an instant."""
        # In whole milliseconds: a float of seconds is sometimes one millisecond too low.
        return str(ULID.from_timestamp((at - _EPOCH) // timedelta(milliseconds=1)))


def lowest_ulid(at: datetime) -> str:
    """The lowest ULID of an instant: ULIDs made before ``at`` are lower, later ones are not."""
    milliseconds = -((_EPOCH - at) // timedelta(milliseconds=1))
    in_range = min(max(milliseconds, 0), 2**48 - 1)
    return str(ULID.from_bytes(in_range.to_bytes(6, "big") + _RANDOM_BYTES))


def instant_of(ulid: str) -> datetime:
    """The instant that a ULID was made for."""
    return _EPOCH + timedelta(milliseconds=ULID.from_str(ulid).milliseconds)
