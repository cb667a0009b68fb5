"""Sizes of files, as people read them."""

from facteur.locales import Locale, language_of

_KILO = 1_000


def format_size(size: int, locale: Locale) -> str:
    """A size in bytes as people read it: "29 ko", "1,2 Mo", never less than one kilobyte."""
    language = language_of(locale)
    kilobytes = max(1, round(size / _KILO))
    if kilobytes < _KILO:
        return f"{kilobytes}\N{NO-BREAK SPACE}{language.mail.kilobytes}"
    megabytes = f"{size / _KILO**2:.1f}".replace(".", language.decimal_sign)
    return f"{megabytes}\N{NO-BREAK SPACE}{language.mail.megabytes}"
