"""File sizes for readers."""

from facteur.locales import Locale, language_of

_KILO = 1_000


def format_size(size: int, locale: Locale) -> str:
    """A size in bytes, formatted: "29 ko", "1,2 Mo"; at least one kilobyte."""
    language = language_of(locale)
    kilobytes = max(1, round(size / _KILO))
    if kilobytes < _KILO:
        return f"{kilobytes}\N{NO-BREAK SPACE}{language.mail.kilobytes}"
    megabytes = f"{size / _KILO**2:.1f}".replace(".", language.decimal_sign)
    return f"{megabytes}\N{NO-BREAK SPACE}{language.mail.megabytes}"
