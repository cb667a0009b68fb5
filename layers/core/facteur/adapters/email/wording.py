"""The few words a mail says by itself, in each language."""

from facteur.domain.settings import Locale

_KILO = 1_000
_UNITS = {Locale.FR: ("ko", "Mo"), Locale.EN: ("KB", "MB")}


def attachments_label(count: int, locale: Locale) -> str:
    """What stands above the ``count`` attached documents."""
    if locale is Locale.FR:
        return "Pièce jointe" if count == 1 else f"{count} pièces jointes"
    return "Attachment" if count == 1 else f"{count} attachments"


def format_size(size: int, locale: Locale) -> str:
    """A size in bytes as people read it: "29 ko", "1,2 Mo", never less than one kilobyte."""
    kilo, mega = _UNITS[locale]
    kilobytes = max(1, round(size / _KILO))
    if kilobytes < _KILO:
        return f"{kilobytes}\N{NO-BREAK SPACE}{kilo}"
    point = "," if locale is Locale.FR else "."
    return f"{size / _KILO**2:.1f}".replace(".", point) + f"\N{NO-BREAK SPACE}{mega}"
