"""Faults that a person asks for: the next calls to a service go wrong in a named way."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

KNOWN: Mapping[str, tuple[str, ...]] = {
    "ses": ("throttle", "timeout_after_accept", "timeout_before_accept", "error_500", "reject"),
    "events": ("drop", "duplicate", "reorder"),
    "scheduler": ("drop", "duplicate", "error"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """``count`` calls of ``service`` still to go wrong."""

    service: str
    fault: str
    count: int


class Faults:
    """The faults that are in force; they do not survive a restart."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def set(self, fault: Fault) -> None:
        """Make the next ``count`` calls fail so; 0 clears. Raises ValueError for an unknown one."""
        if fault.fault not in KNOWN.get(fault.service, ()) or fault.count < 0:
            raise ValueError(f"no such fault: {fault.service} {fault.fault}")
        with self._lock:
            self._counts.pop((fault.service, fault.fault), None)
            if fault.count:
                self._counts[fault.service, fault.fault] = fault.count

    def take(self, service: str, *, among: tuple[str, ...] = (), count: int = 1) -> str | None:
        """The fault that the next call meets, used up by ``count``; the one set first comes first.

        ``among`` narrows to some faults of the service.
        """
        with self._lock:
            for (of, fault), left in self._counts.items():
                if of == service and (not among or fault in among):
                    if left > count:
                        self._counts[of, fault] = left - count
                    else:
                        del self._counts[of, fault]
                    return fault
        return None

    def list(self) -> list[Fault]:
        """What is in force."""
        with self._lock:
            return [Fault(*key, count) for key, count in self._counts.items()]
