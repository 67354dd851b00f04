"""Names of many scripts in ASCII letters, well enough to begin an address with; nobody's spelling is decided by it.

Alphabets go letter by letter; Korean, kana and the scripts of India follow from the structure that Unicode's own
character names describe. Chinese characters have no spelling without knowing the language, and give nothing.
"""
# ruff: noqa: SIM905 - tables of letters read best as words

import re
import unicodedata

_LATIN = dict(
    zip("ßæœøðþłđħıŋĸŧəƒ", "ss ae oe o d th l d h i n k t e f".split(), strict=True),
)
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђјљњћџѓќѕ",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
        " i yi ye g u dj j lj nj c dz g k dz".split(),
        strict=True,
    )
)
_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)
_ARABIC = dict(
    zip(
        "اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤپچژگکیے",
        "a a i a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a _ y w p ch zh g k y e".split(),
        strict=True,
    )
)
_HEBREW = dict(
    zip("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "a b g d h v z ch t y k k l m m n n s a p f ts ts k r sh t".split(), strict=True)
)
_ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(),
        strict=True,
    )
)
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)
_LETTERS = {
    letter: "" if spelt == "_" else spelt
    for alphabet in (_LATIN, _CYRILLIC, _GREEK, _ARABIC, _HEBREW, _ARMENIAN, _GEORGIAN)
    for letter, spelt in alphabet.items()
}
_INITIALS = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = ["", *"k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()]
_INDIC = frozenset("DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA".split())
_KANA = re.compile(r"(?:HIRAGANA|KATAKANA) LETTER (SMALL )?([A-Z]+)")


def to_ascii(name: str) -> str:
    """The name in ASCII; what has no ASCII spelling becomes a space."""
    if name.isascii():
        return name
    text = unicodedata.normalize("NFC", name).casefold().replace("ου", "ou").replace("ού", "ou")
    spelt = [_spelt(char, text[at + 1 : at + 2]) for at, char in enumerate(text)]
    return _smoothed("".join(spelt))


def _spelt(char: str, following: str) -> str:
    """One character, knowing the next (an Indian consonant keeps its `a` unless a sign follows)."""
    if char.isascii() or char in _LETTERS:
        return _LETTERS.get(char, char)
    if "가" <= char <= "힣":
        return _korean(char)
    script = unicodedata.name(char, "").split(" ", 1)[0]
    if script in ("HIRAGANA", "KATAKANA"):
        return _kana(char)
    return _indic(char, following) if script in _INDIC else _decomposed(char)


def _decomposed(char: str) -> str:
    """A letter without its accents; a space for what has no spelling, nothing for marks."""
    parts = unicodedata.normalize("NFKD", char)
    base = "".join(_LETTERS.get(part, part) for part in parts if not unicodedata.combining(part))
    if base.isascii() and base:
        return base
    return "" if unicodedata.category(char)[0] in "MC" else " "


def _korean(char: str) -> str:
    """A syllable block, by the arithmetic of its code point."""
    block, final = divmod(ord(char) - 0xAC00, 28)
    initial, vowel = divmod(block, 21)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def _kana(char: str) -> str:
    """A kana; small ones are marked for `_smoothed` to join with what they follow."""
    named = _KANA.match(unicodedata.name(char, ""))
    if named is None:
        return ""
    small, sound = named[1], named[2].lower()
    sound = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "du": "zu", "di": "ji"}.get(sound, sound)
    return f"<{sound}>" if small else sound


def _indic(char: str, following: str) -> str:
    """A letter of an Indian script, by its Unicode name."""
    words = unicodedata.name(char, "").split()
    sound = (
        words[-1].lower().replace("aa", "a").replace("ii", "i").replace("uu", "u").replace("ee", "e").replace("oo", "o")
    )
    if "VOWEL" in words and "SIGN" in words:
        return sound
    if words[-1] == "ANUSVARA":
        return "n"
    if "DIGIT" in words:
        return str(unicodedata.digit(char, 0))
    if "LETTER" not in words:
        return ""
    if len(sound) > 1 and sound.endswith("a") and _takes_sign(following):
        return sound[:-1]
    return sound


def _takes_sign(following: str) -> bool:
    """Whether the next character replaces the vowel a consonant brings, or the word ends here (final `a` is silent)."""
    if not following or following.isspace():
        return True
    words = unicodedata.name(following, "").split()
    return ("VOWEL" in words and "SIGN" in words) or "VIRAMA" in words or "AL-LAKUNA" in words


def _smoothed(spelt: str) -> str:
    """Join small kana: `ki<ya>` is kya, `<tsu>ta` is tta."""
    spelt = re.sub(r"<tsu>([a-z])", r"\1\1", spelt)
    spelt = re.sub(r"(sh|ch|j)i<y([auo])>", r"\1\2", spelt)
    spelt = re.sub(r"i<(y[auo])>", r"\1", spelt)
    return re.sub(r"[<>]", "", spelt)
