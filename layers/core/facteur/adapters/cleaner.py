"""The port ``Cleaner``: signatures typed by people, sanitised by nh3."""

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
    """Keeps text, emphasis, lists, links and text colour.

    Images are removed: a remote image reveals that the mail was opened.
    """

    def clean(self, html: str) -> str:
        """The HTML without anything outside the allow-list. Cleaning it again changes nothing."""
        # Links nested in a table change when they are parsed again: repeat until nothing changes.
        for _ in range(_READINGS):
            before, html = html, _cleaner().clean(html)
            if html == before:
                break
        # An empty paragraph has no height in a mail, but editors show it as a blank line.
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
