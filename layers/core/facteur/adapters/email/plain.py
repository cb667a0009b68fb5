"""A signature as plain text.

A sanitised signature has a dozen tags, so the standard library's parser is enough. Of the available
converters, html2text is GPL and inscriptis needs lxml.
"""

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "ul", "ol", "li"})
_BULLET = "- "


def plain_text(html: str) -> str:
    """The text of a sanitised signature: one line per line shown, each link after its text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(lines).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._link = ""
        self._link_start = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "li":
                self.parts.append(_BULLET)
        elif tag == "a":
            self._link = _shown_link(dict(attrs).get("href") or "")
            self._link_start = len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        elif tag == "a":
            link_text = "".join(self.parts[self._link_start :])
            if _bare(self._link) not in link_text:
                self.parts.append(f" ({self._link})")
            self._link = ""

    def handle_data(self, data: str) -> None:
        if data.strip() or not self._at_line_start:
            self.parts.append(data.replace("\n", " "))

    @property
    def _at_line_start(self) -> bool:
        return not self.parts or self.parts[-1].endswith(("\n", _BULLET))

    def _end_line(self) -> None:
        if not self._at_line_start:
            self.parts.append("\n")


def _shown_link(link: str) -> str:
    """The link as it is shown: nothing for a telephone link, whose text is the number."""
    return "" if link.startswith("tel:") else link.removeprefix("mailto:")


def _bare(link: str) -> str:
    return link.removeprefix("https://").removeprefix("http://").rstrip("/")
