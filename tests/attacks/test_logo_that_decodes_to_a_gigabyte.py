"""A logo of twenty kilobytes that decodes to a gigabyte.

The attacker saves a PNG of 13,300 by 13,300 equal pixels. Whoever renders a document of that
organization would run out of memory, with the requests of others in the same queue. Its size is
read from its header: it is refused when saved, and one that is stored already is not decoded.
"""

import base64
import struct
import tracemalloc
import zlib

import pytest

from facteur.adapters.images import HeaderImages
from facteur.adapters.pdf.logo import logo_of
from facteur.domain.settings import MAX_LOGO_PIXELS
from tests.functions.calling import Api

SIDE = 13_300
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(side: int) -> bytes:
    """A grey square, compressed as far as it goes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" + bytes((side + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def as_uri(image: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(image).decode()


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return png(SIDE)


def test_it_is_refused_when_it_is_saved(api: Api, bomb: bytes) -> None:
    settings = api("GET", "/v1/settings").json

    refused = api("PUT", "/v1/settings", settings | {"logo": as_uri(bomb)})

    assert len(bomb) < 100 * 1024
    assert refused.problems == {("logo", "logo_too_many_pixels")}
    assert api("GET", "/v1/settings").json["logo"] == ""


def test_what_says_it_is_an_image_and_is_none_is_refused(api: Api) -> None:
    settings = api("GET", "/v1/settings").json

    refused = api("PUT", "/v1/settings", settings | {"logo": as_uri(SIGNATURE + b"x" * 9)})

    assert refused.problems == {("logo", "logo_invalid")}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_one_that_is_stored_already_is_left_out_without_being_decoded(bomb: bytes) -> None:
    logo_of(as_uri(png(10)))  # imports and caches are paid for
    tracemalloc.start()

    logo = logo_of(as_uri(bomb))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert logo is None
    assert peak < 4 * MAX_LOGO_PIXELS


def test_ordinary_logos_are_accepted(api: Api) -> None:
    settings = api("GET", "/v1/settings").json

    assert api("PUT", "/v1/settings", settings | {"logo": as_uri(png(600))}).status == 200
    assert HeaderImages().count_pixels(png(600)) == 360_000
