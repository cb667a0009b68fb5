"""Header lines, in ASCII, folded: RFC 5322, with RFC 2047 and RFC 2231 for other characters.

Values were checked when the request came in (``facteur.domain.headers``). As a second line of
defence, a value that could end its line or add an address raises ValueError, which does not quote
it.
"""

import re
import unicodedata
from collections.abc import Sequence
from email.header import Header
from urllib.parse import quote

from facteur.domain.headers import check_stored_header

_LINE = 78
_PIECE = 60
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
"""What file systems forbid; transcriptions of quotes, fractions and emoji contain it."""
_LONGEST_NAME = 120
"""Letters of a name once transcribed: an emoji becomes a dozen, and a line has 998 at most."""
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")


def text_header(name: str, value: str) -> bytes:
    """An unstructured header such as Subject."""
    _refuse_broken(name, value)
    line = f"{name}: {value}"
    if not value.isascii() or len(line) > _LINE:
        line = f"{name}: {_encoded(value, after=name)}"
    return _ended(line)


def address_header(name: str, addresses: Sequence[str]) -> bytes:
    """A header of bare addresses, one per line, so that any number of them is folded correctly."""
    for address in addresses:
        _refuse_address(name, address)
    return _ended(f"{name}: " + ",\r\n ".join(addresses))


def mailbox_header(name: str, *, display_name: str, address: str) -> bytes:
    """A header of one address with the name of the person."""
    _refuse_broken(name, display_name)
    _refuse_address(name, address)
    if not display_name:
        return address_header(name, [address])
    phrase = _phrase(display_name, after=name)
    last_line = f"{name}: {phrase}".rpartition("\r\n")[2]
    gap = " " if len(last_line) + len(address) + 3 <= _LINE else "\r\n "
    return _ended(f"{name}: {phrase}{gap}<{address}>")


def attachment_headers(filename: str) -> bytes:
    """Content-Type and Content-Disposition of a PDF.

    A name that is not ASCII is encoded by RFC 2231, and repeated in ASCII letters in Content-Type
    for programs that ignore RFC 2231.
    """
    _refuse_broken("Content-Disposition", filename)
    if filename.isascii():
        plain, full = filename, f"filename={_quoted(filename)}"
    else:
        plain, full = _in_ascii(filename), _extended("filename", filename)
    return _ended(
        f"Content-Type: application/pdf;\r\n name={_quoted(plain)}\r\n"
        f"Content-Disposition: attachment;\r\n {full}"
    )


def _refuse_broken(name: str, value: str) -> None:
    if check_stored_header(value, field=name):
        raise ValueError(f"{name} holds a control character or an encoded-word")


def _refuse_address(name: str, address: str) -> None:
    _refuse_broken(name, address)
    if _ADDRESS.fullmatch(address) is None:
        raise ValueError(f"{name} holds something that is not an address")


def _phrase(display_name: str, *, after: str) -> str:
    if not display_name.isascii() or len(display_name) > _PIECE:
        return _encoded(display_name, after=after)
    return display_name if _ATOMS.fullmatch(display_name) else _quoted(display_name)


def _encoded(value: str, *, after: str) -> str:
    return Header(value, "utf-8", header_name=after, maxlinelen=_LINE).encode(linesep="\r\n")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _extended(parameter: str, value: str) -> str:
    """A parameter by RFC 2231: percent-encoded UTF-8, in numbered pieces of whole characters."""
    pieces = [""]
    for character in value:
        encoded = quote(character, safe="")
        if len(pieces[-1]) + len(encoded) > _PIECE:
            pieces.append("")
        pieces[-1] += encoded
    if len(pieces) == 1:
        return f"{parameter}*=utf-8''{pieces[0]}"
    return ";\r\n ".join(
        f"{parameter}*{n}*={piece if n else "utf-8''" + piece}" for n, piece in enumerate(pieces)
    )


def _in_ascii(filename: str) -> str:
    """A file name in ASCII letters: œ becomes oe, ł becomes l, Greek and Cyrillic are transcribed.

    Accents alone would not do: these letters have no decomposition in Unicode.
    """
    from anyascii import anyascii  # noqa: PLC0415 - most names need none of it

    letters = anyascii(unicodedata.normalize("NFC", filename).replace("n°", "no"))
    stem = " ".join(_FORBIDDEN.sub("-", letters.removesuffix(".pdf")).split())
    return f"{stem[:_LONGEST_NAME].rstrip() or 'document'}.pdf"


def _ended(line: str) -> bytes:
    return f"{line}\r\n".encode("ascii")
