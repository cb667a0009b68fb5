"""Identifies the rules of time zones and the public holidays that this process uses."""

import hashlib
import zoneinfo
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path


@cache
def zone_rules() -> str:
    """A digest of the rules of every time zone, and of the version of ``holidays``.

    Equal for equal data of zones, wherever it comes from.

    The data is looked up as ``zoneinfo`` does: in the directories of TZPATH, then in the package
    ``tzdata``. https://docs.python.org/3/library/zoneinfo.html#data-sources
    """
    digest = hashlib.sha256()
    for name in sorted(zoneinfo.available_timezones()):
        data = _data_of(name)
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    digest.update(version("holidays").encode())
    return digest.hexdigest()


def _data_of(name: str) -> bytes:
    for directory in zoneinfo.TZPATH:
        path = Path(directory, name)
        if path.is_file():
            return path.read_bytes()
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
