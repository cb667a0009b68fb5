"""Faults set through ``/local/faults``: the next calls to a service fail in a given way."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

KNOWN_FAULTS: Mapping[str, tuple[str, ...]] = {
    "ses": ("throttle", "timeout_after_accept", "timeout_before_accept", "error_500", "reject"),
    "events": ("drop", "duplicate", "reorder"),
    "scheduler": ("drop", "duplicate", "error"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The next ``count`` calls of ``service`` fail in the way ``fault``."""

    service: str
    fault: str
    count: int


class Faults:
    """The faults in force, kept in memory only: a restart clears them."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def set(self, fault: Fault) -> None:
        """Set a fault in place of an earlier one of its kind; a count of 0 clears it.

        Raises ValueError for an unknown service or fault.
        """
        if fault.fault not in KNOWN_FAULTS.get(fault.service, ()) or fault.count < 0:
            raise ValueError(f"no such fault: {fault.service} {fault.fault}")
        with self._lock:
            self._counts.pop((fault.service, fault.fault), None)
            if fault.count:
                self._counts[fault.service, fault.fault] = fault.count

    def take(self, service: str, *, among: tuple[str, ...] = (), count: int = 1) -> str | None:
        """The fault that applies to this call, or None; the one set first comes first.

        It counts down by ``count``. ``among`` limits the choice to some faults of the service.
        """
        with self._lock:
            for (owner, fault), left in self._counts.items():
                if owner == service and (not among or fault in among):
                    if left > count:
                        self._counts[owner, fault] = left - count
                    else:
                        del self._counts[owner, fault]
                    return fault
        return None

    def list(self) -> list[Fault]:
        """All faults in force."""
        with self._lock:
            return [Fault(*key, count) for key, count in self._counts.items()]
