"""In which of its languages a profile is read: the one asked for, else what the reader's browser prefers of them."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

MOST_PREFERENCES = 500
# Languages that are written from right to left, by their first subtag; a script in the tag decides before the language.
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ku nqo ps sd syr ug ur yi".split())  # noqa: SIM905 - words read best
_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg"})
_OWN_NAMES = {
    "ar": "العربية", "bg": "Български", "bn": "বাংলা", "ca": "Català", "cs": "Čeština", "da": "Dansk",
    "de": "Deutsch", "el": "Ελληνικά", "en": "English", "es": "Español", "et": "Eesti", "eu": "Euskara",
    "fa": "فارسی", "fi": "Suomi", "fr": "Français", "ga": "Gaeilge", "gl": "Galego", "he": "עברית",
    "hi": "हिन्दी", "hr": "Hrvatski", "hu": "Magyar", "id": "Bahasa Indonesia", "is": "Íslenska",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "lt": "Lietuvių", "lv": "Latviešu", "ms": "Bahasa Melayu",
    "nb": "Norsk bokmål", "nl": "Nederlands", "nn": "Norsk nynorsk", "no": "Norsk", "pl": "Polski",
    "pt": "Português", "ro": "Română", "ru": "Русский", "sk": "Slovenčina", "sl": "Slovenščina",
    "sq": "Shqip", "sr": "Српски", "sv": "Svenska", "sw": "Kiswahili", "ta": "தமிழ்", "th": "ไทย",
    "tl": "Tagalog", "tr": "Türkçe", "uk": "Українська", "ur": "اردو", "vi": "Tiếng Việt", "zh": "中文",
}  # fmt: skip

# Forms of a language that their writers tell apart.
_REGIONAL = ("de-AT", "de-CH", "en-GB", "es-419", "fr-CA", "pt-BR", "zh-Hans", "zh-Hant")


def chosen(request: HttpRequest) -> Callable[[tuple[str, ...]], str]:
    """What chooses for this reader: `?lang=de` before the languages her browser names, in their order."""
    wanted = [request.GET["lang"]] if "lang" in request.GET else []
    header = request.headers.get("Accept-Language", "")[:MOST_PREFERENCES].lower()
    wanted += [tag for tag, _weight in parse_accept_lang_header(header)]
    return lambda languages: best(wanted, languages)


def best(wanted: Sequence[str], languages: Sequence[str]) -> str:
    """The first of the wanted languages that there is, exactly or in another regional form.

    Args:
        wanted: BCP 47 tags, the dearest first.
        languages: what the profile has, its own first; that is taken when none of the wanted is there.
    """
    for tag in wanted:
        for language in languages:
            if language.lower() == tag.lower():
                return language
        for language in languages:
            if base(language) == base(tag):
                return language
    return languages[0]


def base(tag: str) -> str:
    """The language without region and script: "de" of "de-AT"."""
    return tag.partition("-")[0].lower()


def direction(tag: str) -> str:
    """Whether texts of this language begin on the right."""
    subtags = tag.lower().split("-")
    if any(len(subtag) == 4 and subtag.isalpha() for subtag in subtags[1:]):
        return "rtl" if _SCRIPTS & set(subtags[1:]) else "ltr"
    return "rtl" if subtags[0] in _RIGHT_TO_LEFT else "ltr"


def own_name(tag: str) -> str:
    """What its speakers call a language; the tag itself where that is not known here."""
    name = _OWN_NAMES.get(base(tag))
    rest = tag.partition("-")[2]
    return (f"{name} ({rest})" if rest else name) if name else tag


def offered() -> list[tuple[str, str]]:
    """The languages one can choose to write in, each with what its speakers call it, sorted by that."""
    return sorted(((tag, own_name(tag)) for tag in (*_OWN_NAMES, *_REGIONAL)), key=lambda pair: pair[1].casefold())
