"""The language of a response, from Accept-Language."""

from facteur.locales import Locale


def find_locale(accept_language: str) -> Locale | None:
    """The first of our languages in an Accept-Language header (RFC 9110, 12.5.4), by preference."""
    ranges = [_range(part, place) for place, part in enumerate(accept_language.split(","))]
    for quality, _, tag in sorted(ranges):
        primary = tag.partition("-")[0]
        if quality < 0 and primary in Locale:
            return Locale(primary)
    return None


def _range(part: str, place: int) -> tuple[float, int, str]:
    tag, _, parameter = part.strip().lower().partition(";")
    try:
        quality = float(parameter.strip().removeprefix("q=") or 1)
    except ValueError:
        quality = 0
    return -quality, place, tag.strip()
