"""Demo data."""

from local.system import System


def fill(system: System) -> None:
    """Nothing yet."""
