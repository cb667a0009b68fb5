"""The port ``Cleaner``: signatures typed by people, made harmless by nh3."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nh3

_TAGS = {"p", "div", "br", "span", "b", "strong", "i", "em", "u", "small", "ul", "ol", "li", "a"}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_COLOR = re.compile(
    r"(?:^|;)\s*color\s*:\s*(#[0-9a-f]{3}(?:[0-9a-f]{3})?|[a-z]{3,20})\s*(?:;|$)", re.IGNORECASE
)
_READINGS = 5


class HtmlCleaner:
    """Keeps words, emphasis, lists, links and the colour of words. No image: it would be fetched
    from afar, and tell that the mail was opened."""

    def clean(self, html: str) -> str:
        """The HTML with everything outside the allow-list of a signature removed.

        Cleaning again changes nothing.
        """
        # Read again, links that were nested in a table fall apart: until nothing changes any more.
        for _ in range(_READINGS):
            before, html = html, _cleaner().clean(html)
            if html == before:
                break
        # An empty paragraph has no height in a mail, though editors show a blank line.
        return html.replace("<p></p>", "<p><br></p>")


@cache
def _cleaner() -> "nh3.Cleaner":
    import nh3  # noqa: PLC0415  (only the function that saves a profile needs it)

    return nh3.Cleaner(
        tags=_TAGS,
        attributes={"a": {"href"}, "span": {"style"}},
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    )


def _filtered(_element: str, attribute: str, value: str) -> str | None:
    if attribute == "style":
        color = _COLOR.search(value)
        return f"color: {color.group(1).lower()}" if color else None
    if attribute == "href":
        return value.strip() if _LINK.fullmatch(value.strip()) else None
    return value
