"""The languages that GOV.UK publishes in: what Unicode knows of them, their names, their direction.

Source: alphagov/frontend `config/locales/`; words of Unicode CLDR.
"""

from __future__ import annotations

from functools import cache

from babel.core import Locale, UnknownLocaleError

RIGHT_TO_LEFT = frozenset({"ar", "dr", "fa", "he", "ku", "pa-pk", "ps", "ur", "yi"})
# What GOV.UK calls a language and Unicode calls otherwise.
IN_UNICODE = {
    "dr": "fa",
    "es-419": "es_419",
    "ku": "ckb",
    "no": "nb",
    "pa-pk": "pa_Arab_PK",
    "zh-hk": "zh_Hant_HK",
    "zh-tw": "zh_Hant_TW",
}
# What a language calls itself, where GOV.UK does not write it as Unicode does.
OWN_NAMES = {
    "ar": "العربيَّة",
    "dr": "دری",
    "es-419": "Español de América Latina",
    "ka": "ქართული",
    "ku": "کوردی",
    "no": "Norsk",
    "pa-pk": "پنجابی (پاکستان)",
    "yi": "ייִדיש",
    "zh": "中文",
    "zh-hk": "中文 (香港)",
    "zh-tw": "中文 (台灣)",
}


@cache
def known(locale: str) -> Locale:
    """Return the language's data; English where there are none."""
    try:
        return Locale.parse(IN_UNICODE.get(locale, locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@cache
def own_name(locale: str) -> str:
    """Return what a language calls itself."""
    if locale in OWN_NAMES:
        return OWN_NAMES[locale]
    data = known(locale)
    name = data.get_display_name() if data.language != "en" or locale == "en" else ""
    return f"{name[:1].upper()}{name[1:]}" if name else locale


def direction(locale: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if locale in RIGHT_TO_LEFT else "ltr"
