"""The organization's logo, read from its ``data:`` URI."""

import base64
import logging
import math
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image

from facteur.domain.settings import MAX_LOGO_PIXELS

_MAX_WIDTH: Final = 150.0
_MAX_HEIGHT: Final = 48.0
_DOTS_PER_POINT: Final = 4
"""Resolution that a printer can show; a finer one would only enlarge the files."""
_FORMATS: Final = ("PNG", "JPEG")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG or JPEG file and the size in points at which it is printed."""

    file: bytes
    width: float
    height: float


@lru_cache(maxsize=8)
def logo_of(data_uri: str) -> Logo | None:
    """The logo, or None when there is none or it is unreadable, which must not stop a mail."""
    if not data_uri:
        return None
    try:
        return _decoded(data_uri)
    except (ValueError, OSError, SyntaxError, Image.DecompressionBombError):
        _log.warning("logo not readable")
        return None


def _decoded(data_uri: str) -> Logo:
    file = base64.b64decode(data_uri.partition(",")[2], validate=True)
    with Image.open(BytesIO(file), formats=_FORMATS) as image:
        if image.width * image.height > MAX_LOGO_PIXELS:
            # A few kilobytes can decode to a gigabyte.
            raise ValueError("too many pixels")
        scale = min(_MAX_WIDTH / image.width, _MAX_HEIGHT / image.height)
        width, height = image.width * scale, image.height * scale
        return Logo(_plain(image, width, height), width, height)


def _plain(image: Image.Image, width: float, height: float) -> bytes:
    """The image without metadata such as colour profiles, at its printed resolution at most."""
    colours = "RGBA" if image.has_transparency_data else "RGB"
    plain = image.convert(colours)
    finest = (math.ceil(width * _DOTS_PER_POINT), math.ceil(height * _DOTS_PER_POINT))
    if plain.width > finest[0]:
        plain = plain.resize(finest)
    plain.info.clear()
    file = BytesIO()
    plain.save(file, format=image.format, quality=90)
    return file.getvalue()
