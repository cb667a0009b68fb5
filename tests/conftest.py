"""Settings of all tests."""

from functools import cache
from typing import Any

from botocore.loaders import JSONFileLoader
from hypothesis import settings

# A slow machine is not a failure.
settings.register_profile("facteur", deadline=None)
settings.load_profile("facteur")


def _read_descriptions_once() -> None:
    """botocore reads its descriptions of services anew for each session: 25 ms of the CPU time of
    each of thousands of systems and clients that tests make."""
    read = cache(JSONFileLoader().load_file)

    def load_file(_: JSONFileLoader, file_path: str) -> Any:
        return read(file_path)

    JSONFileLoader.load_file = load_file  # type: ignore[assignment, method-assign]


_read_descriptions_once()
