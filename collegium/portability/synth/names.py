"""Names for made-up members: common ones of several languages, put together within each."""

import numpy as np

NAMES = (
    ("Anna Maria Clara Johanna Lena Paul Jonas Felix Lukas Emil Frieda Greta Karl Otto Ida",
     "Müller Schmidt Weber Wagner Becker Schäfer Koch Richter Wolf Krüger Hartmann Lange Jäger Groß Böhm"),
    ("Inês João Beatriz Tiago Mariana Rui Catarina Nuno Sofia Diogo Leonor Pedro Marta Duarte",
     "Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Araújo Gonçalves Lopes Conceição"),
    ("Agnieszka Piotr Katarzyna Tomasz Magdalena Paweł Joanna Michał Ewa Łukasz Zofia Jakub",
     "Nowak Kowalczyk Lewandowski Dąbrowski Zając Król Wróbel Wieczorek Stępień Górski"),
    ("Emma Oliver Amelia Harry Grace Thomas Ruby Edward Alice Henry Martha Arthur Ivy George",
     "Smith Taylor Brown Walker Wright Green Clarke Hughes Ward Turner Cooper Morgan Bell Reid"),
    ("Amara Chinedu Ngozi Emeka Folake Tunde Adaeze Kelechi Yetunde Obinna Zainab Musa",
     "Okafor Adeyemi Balogun Eze Nwosu Bello Okonkwo Lawal Obi Danjuma Olawale"),
    ("Priya Arjun Ananya Rohan Meera Vikram Kavya Aditya Lakshmi Sanjay Divya Nikhil",
     "Sharma Patel Iyer Nair Reddy Gupta Joshi Menon Kulkarni Rao Banerjee"),
    ("Élise Théo Camille Hugo Léa Mathis Chloé Antoine Manon Gaspard Zoé Rémi",
     "Martin Bernard Dubois Lefèvre Moreau Girard Roux Fournier Mercier Blanchard"),
    ("Елена Иван Ольга Дмитрий Анна Сергей Мария Алексей Наталья Павел",
     "Иваненко Петренко Коваль Мельник Бондарь Ткач Шевчук Кравец Лысенко"),
    ("美咲 翔太 陽子 健一 由美 大輔 直子 拓也 恵 誠", "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤"),
    ("فاطمة محمد ليلى يوسف مريم عمر سارة خالد نور حسن", "الأحمد الحسن منصور خليل حداد ناصر سالم درويش"),
)  # fmt: skip
WEIGHTS = (14, 12, 10, 18, 10, 12, 10, 5, 5, 4)
LAST_FIRST = 8  # the place of the Japanese names, whose family name comes first
ONE_WORD_TONGUES = 8  # from this place on nobody has two family names
DOUBLE_IN = 3  # one in so many of the others has
_SPLIT = tuple((first.split(), last.split()) for first, last in NAMES)


def names(chance: np.random.Generator, count: int) -> list[str]:
    """So many people's names."""
    tongues = chance.choice(len(_SPLIT), size=count, p=np.array(WEIGHTS) / sum(WEIGHTS))
    drawn = chance.random((3, count))
    doubles = (chance.integers(DOUBLE_IN, size=count) == 0) & (tongues < ONE_WORD_TONGUES)
    return [
        _put_together(tongue, first, last, second if double else -1.0)
        for tongue, double, first, last, second in zip(
            tongues.tolist(), doubles.tolist(), *(each.tolist() for each in drawn), strict=True
        )
    ]


def _put_together(tongue: int, first: float, last: float, second: float) -> str:
    """One name; the numbers say where in their lists its parts stand, as shares."""
    given, family = _SPLIT[tongue]
    one, other = given[int(first * len(given))], family[int(last * len(family))]
    if second >= 0:
        other = f"{other}-{family[int(second * len(family))]}"
    return f"{other} {one}" if tongue == LAST_FIRST else f"{one} {other}"
