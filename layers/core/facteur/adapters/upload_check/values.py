"""Names and texts of PDFs as Python's strings, whatever their bytes."""

from pikepdf import Name, Object, String


def name_of(value: Object | None) -> str:
    """A name, with its slash and its escapes resolved; empty for anything else."""
    # Not str(): old programs write names in Latin-1.
    return bytes(value).decode("utf-8", "surrogateescape") if isinstance(value, Name) else ""


def text_of(value: Object | None) -> str | None:
    """A text string (ISO 32000-2, 7.9.2.2); None for anything else, or what cannot be read."""
    if not isinstance(value, String):
        return None
    try:
        return str(value)
    except UnicodeDecodeError:
        return None
