"""What an object of a PDF may contain.

The rules look at one dictionary at a time and at what it refers to directly. They hold for every
object, also for those that no page leads to: which ones a viewer reaches is not ours to foresee.
Section numbers are those of ISO 32000-2.
"""

import re
from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from facteur.adapters.upload_check.factur_x import Invoices
from facteur.adapters.upload_check.limits import Budget
from facteur.adapters.upload_check.refused import RefusedError
from facteur.adapters.upload_check.values import name_of, text_of
from facteur.domain.inspection import RefusalReason

type Entries = dict[str, Object | None]
"""The entries of a dictionary; a reference to nothing reads as None."""

_ALLOWED = {"/GoTo", "/Named", "/URI"}
_PAGE_MOVES = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
_SCRIPT = "/JavaScript"
_FORBIDDEN = {
    "/GoTo3DView",
    "/GoToDp",
    "/GoToE",
    "/GoToR",
    "/Hide",
    "/ImportData",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/SetOCGState",
    "/Sound",
    "/SubmitForm",
    "/Thread",
    "/Trans",
}
"""All other actions (12.6.4): refused also where we do not recognise a place for an action."""
_ACTION_KEYS = ("/A", "/PA", "/NA", "/OpenAction", "/Next")
"""Entries that are an action, or several: of links, of pages in a presentation, of the document,
and after another action. Some mean something else elsewhere: an attribute, an item of the outline.
"""
_ONLY_ACTIONS = {"/PA", "/NA", "/OpenAction"}
_SCRIPT_KEYS = {"/JS", "/JavaScript", "/XFA"}
_POSTSCRIPT = "/PS"
_MEDIA_KEYS = {"/RichMediaContent", "/RichMediaSettings", "/3DD"}
_MEDIA_SUBTYPES = {"/3D", "/Movie", "/PRC", "/RichMedia", "/Screen", "/Sound", "/U3D"}
_MEDIA_TYPES = {"/3D", "/MediaClip", "/Movie", "/Rendition", "/RichMediaContent", "/Sound"}
_PATHS = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
"""Entries of file specifications, and of streams whose data is in another file, that are paths."""
_LINK_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_NOT_A_WORD = re.compile("[^A-Za-z0-9]")
_LONGEST_WORD = 32


def check_object(whole: Object | None, invoices: Invoices, budget: Budget) -> None:
    """Check an object and everything nested in it, without following references.

    Raises RefusedError.
    """
    if isinstance(whole, Name):
        # The value of somebody's /S, perhaps.
        _check_action_name(name_of(whole))
    waiting = [whole]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Dictionary | Stream):
            entries = _entries(part, budget)
            check_dictionary(entries, invoices, budget)
            waiting += _containers(entries.values())
        elif isinstance(part, Array):
            budget.spend_values(len(part))
            waiting += _containers(part)


def _containers(values: Iterable[Object | None]) -> Iterator[Object]:
    """Those that may have values of their own and are not objects of their own."""
    return (
        value for value in values if isinstance(value, Array | Dictionary) and not value.is_indirect
    )


def check_dictionary(entries: Entries, invoices: Invoices, budget: Budget) -> None:
    """Check the entries of one dictionary. Raises RefusedError."""
    action = name_of(entries.get("/S"))
    if action == _SCRIPT or not _SCRIPT_KEYS.isdisjoint(entries):
        raise RefusedError(RefusalReason.HAS_SCRIPTS)
    if name_of(entries.get("/Subtype")) == _POSTSCRIPT:
        raise RefusedError(RefusalReason.HAS_SCRIPTS)
    _check_action_name(action)
    _check_media(entries)
    _check_files(entries, invoices)
    if name_of(entries.get("/Type")) == "/Action" or action == "/Named":
        _check_action(entries)
    for key in _ACTION_KEYS:
        _check_actions(entries.get(key), budget, is_action=key in _ONLY_ACTIONS)
    if isinstance(events := entries.get("/AA"), Dictionary | Stream):
        for value in _entries(events, budget).values():
            _check_actions(value, budget, is_action=True)
    _check_link(entries.get("/URI"))


def _check_media(entries: Entries) -> None:
    is_media = (
        not _MEDIA_KEYS.isdisjoint(entries)
        or name_of(entries.get("/Subtype")) in _MEDIA_SUBTYPES
        or name_of(entries.get("/Type")) in _MEDIA_TYPES
    )
    if is_media:
        raise RefusedError(RefusalReason.HAS_MEDIA)


def _check_files(entries: Entries, invoices: Invoices) -> None:
    """Files inside the document (7.11.4, 12.3.5), and references to files outside (7.11)."""
    if "/Collection" in entries or name_of(entries.get("/Subtype")) == "/FileAttachment":
        raise RefusedError(RefusalReason.HAS_FILES)
    if "/EF" in entries:
        invoices.check(entries)
    elif any(isinstance(entries.get(key), String) for key in _PATHS):
        raise RefusedError(RefusalReason.READS_FILES)


def _check_actions(value: Object | None, budget: Budget, *, is_action: bool) -> None:
    """An action, or an array of actions; any other array is a destination.

    Every dictionary may refer to the same large one: what is looked at here is spent each time.
    """
    if isinstance(value, Dictionary | Stream):
        entries = _entries(value, budget)
        if is_action or "/S" in entries:
            _check_action(entries)
    elif isinstance(value, Array):
        budget.spend_values(len(value))
        for part in value:
            if isinstance(part, Dictionary | Stream) and "/S" in part:
                _check_action(_entries(part, budget))


def _entries(whole: Object, budget: Budget) -> Entries:
    entries: Entries = dict(whole.items())
    budget.spend_values(len(entries))
    return entries


def _check_action(entries: Entries) -> None:
    action = name_of(entries.get("/S"))
    _check_action_name(action)
    is_allowed = action in _ALLOWED and (
        action != "/Named" or name_of(entries.get("/N")) in _PAGE_MOVES
    )
    if not is_allowed:
        named = name_of(entries.get("/N")) if action == "/Named" else action
        raise RefusedError(RefusalReason.HAS_ACTIONS, _word(named))


def _check_action_name(name: str) -> None:
    if name == _SCRIPT:
        raise RefusedError(RefusalReason.HAS_SCRIPTS)
    if name in _FORBIDDEN:
        raise RefusedError(RefusalReason.HAS_ACTIONS, _word(name))


def _check_link(value: Object | None) -> None:
    """The address of an action, or what the addresses of a document are relative to (7.7.2)."""
    if isinstance(value, Dictionary | Stream):
        value = value.get("/Base")
    if value is None:
        return
    text = text_of(value)
    address = "/" if text is None else _INVISIBLE.sub("", text).lower()
    scheme = _SCHEME.match(address)
    is_good = scheme.group(1) in _LINK_SCHEMES if scheme else address[:1] not in ("/", "\\")
    if not is_good:
        raise RefusedError(RefusalReason.HAS_LINKS)


def _word(name: str) -> str:
    """A name fit to be shown; a dash for one that is missing."""
    return _NOT_A_WORD.sub("", name)[:_LONGEST_WORD] or "-"
