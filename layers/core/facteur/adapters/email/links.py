"""Makes web and mail addresses clickable, in time linear in the length of the text.

The rules are those of Jinja2's filter ``urlize``, whose search for closing punctuation takes time
quadratic in the length of a word: many seconds for 20,000 dots before a letter. Here each word is
passed over a fixed number of times, by string methods and by patterns that never go back: every
repeat in them is possessive, so one attempt reads each character once.
"""

import re

from markupsafe import Markup, escape

_SPACES = re.compile(r"(\s++)")
_OPENING, _CLOSING = "(<", ")>.,"
_PAIRS = (("(", ")"), ("<", ">"))
_AFTER_HOST = r"(?::[0-9]{1,5}+)?+(?:[/?#]\S*+)?+"
_WEB = re.compile(
    rf"""
    (?:
        (?:https?+://|www\.)
        (?:[\w%-]++\.)*+
        (?:[a-z]{{2,63}}+|xn--[\w%]{{2,59}}+)
    |
        (?:[\w%-]{{2,63}}+\.)++
        (?:com|net|int|edu|gov|org|info|mil)
    |
        https?+://
        (?:
            [0-9]{{1,3}}+(?:\.[0-9]{{1,3}}+){{3}}+
        |
            \[(?:[\da-f]{{0,4}}+:){{2}}+(?:[\da-f]{{0,4}}+:?+){{1,6}}+\]
        )
    )
    {_AFTER_HOST}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SCHEME = re.compile(r"https?+://", re.IGNORECASE)
_DOMAIN = re.compile(r"\w[\w.-]*+")
_LAST_LABEL = re.compile(r"\w++")
_WEB_LINK = Markup('<a href="{}" rel="noopener">{}</a>')
_MAIL_LINK = Markup('<a href="mailto:{0}">{0}</a>')


def linked(line: str) -> Markup:
    """A line as HTML: escaped, with its web and mail addresses as links."""
    return Markup("").join(map(_linked_word, _SPACES.split(line)))


def _linked_word(word: str) -> Markup:
    if "." not in word and ":" not in word:
        return escape(word)
    opening, address, closing = _without_punctuation(word)
    link = _link_to(address)
    return escape(word) if link is None else escape(opening) + link + escape(closing)


def _without_punctuation(word: str) -> tuple[str, str, str]:
    """What stands before, in and after a possible address.

    A closing sign belongs to the address as long as that has an opening one without it.
    """
    inner = word.lstrip(_OPENING)
    opening = word[: len(word) - len(inner)]
    address = inner.rstrip(_CLOSING)
    closing = inner[len(address) :]
    for start, end in _PAIRS:
        started = address.count(start)
        if started > address.count(end):
            rest = closing.split(end, started)[-1]
            address += closing.removesuffix(rest)
            closing = rest
    return opening, address, closing


def _link_to(address: str) -> Markup | None:
    """The link of a web or mail address; None for anything else."""
    if _WEB.fullmatch(address):
        target = address if _SCHEME.match(address) else f"https://{address}"
        return _WEB_LINK.format(target, address)
    if not address.startswith("mailto:") and (":" in address or address.startswith(("www.", "@"))):
        return None
    mailbox = address.removeprefix("mailto:")
    return _MAIL_LINK.format(mailbox) if _is_mailbox(mailbox) else None


def _is_mailbox(address: str) -> bool:
    local, _, domain = address.rpartition("@")
    name, _, last = domain.rpartition(".")
    return bool(local and _DOMAIN.fullmatch(name) and _LAST_LABEL.fullmatch(last))
