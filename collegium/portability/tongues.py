"""Languages as a bundle gives them, by tag or by name, and how well somebody speaks them, in the words of a profile."""

import re

from django.conf.locale import LANG_INFO

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
# What Django has no interface in.
_MORE = {
    "am": "Amharic", "as": "Assamese", "ay": "Aymara", "ba": "Bashkir", "bm": "Bambara", "bo": "Tibetan",
    "ceb": "Cebuano", "dv": "Dhivehi", "dz": "Dzongkha", "ee": "Ewe", "fil": "Filipino", "fo": "Faroese",
    "fur": "Friulian", "gd": "Scottish Gaelic", "gn": "Guarani", "gsw": "Swiss German", "gu": "Gujarati",
    "ha": "Hausa", "haw": "Hawaiian", "ht": "Haitian Creole", "iu": "Inuktitut", "jv": "Javanese",
    "kl": "Greenlandic", "ku": "Kurdish", "la": "Latin", "lg": "Luganda", "ln": "Lingala", "lo": "Lao",
    "mg": "Malagasy", "mi": "Maori", "mt": "Maltese", "nah": "Nahuatl", "no": "Norwegian", "ny": "Chichewa",
    "oc": "Occitan", "om": "Oromo", "or": "Odia", "ps": "Pashto", "qu": "Quechua", "rm": "Romansh", "rom": "Romani",
    "rw": "Kinyarwanda", "sa": "Sanskrit", "sc": "Sardinian", "sd": "Sindhi", "se": "Northern Sami", "si": "Sinhala",
    "sm": "Samoan", "sn": "Shona", "so": "Somali", "st": "Southern Sotho", "su": "Sundanese", "ti": "Tigrinya",
    "tl": "Tagalog", "tn": "Tswana", "to": "Tongan", "ts": "Tsonga", "tw": "Twi", "ak": "Akan", "wo": "Wolof",
    "xh": "Xhosa", "yi": "Yiddish", "yo": "Yoruba", "yue": "Cantonese", "zh": "Chinese", "zh-cn": "Chinese",
    "zh-tw": "Chinese", "zu": "Zulu",
}  # fmt: skip

# What people and other networks call the five steps, and the levels of the Common European Framework.
_FLUENCY = {
    "elementary": "elementary beginner basic basics a1 a2 elementary_proficiency grundkenntnisse",
    "limited": "limited intermediate conversational b1 limited_working limited_working_proficiency",
    "professional": "professional b2 working good advanced professional_working professional_working_proficiency",
    "full": "full fluent c1 c2 full_professional full_professional_proficiency fliessend fließend",
    "native": "native bilingual mother_tongue native_or_bilingual native_or_bilingual_proficiency native_speaker"
    " muttersprache first_language",
}
_BY_WORD = {word: code for code, words in _FLUENCY.items() for word in words.split()}


def name(said: str) -> str:
    """The language for the page: "de" and "de-AT" are "German", and "Deutsch" stays what somebody wrote.

    Args:
        said: a BCP 47 tag or a name.
    """
    found = _TAG.fullmatch(said)
    if found is None:
        return said
    for tag in (said.lower().replace("_", "-"), found[1].lower()):
        known = _MORE.get(tag) or LANG_INFO.get(tag, {}).get("name")
        if known:
            return str(known)
    return said


def fluency(said: str) -> str:
    """How well, as one of `career.sections.FLUENCY`; "" where the word says nothing we know."""
    return _BY_WORD.get(re.sub(r"[\s-]+", "_", said.strip().lower()), "")
