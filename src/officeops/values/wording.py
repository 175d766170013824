"""Wording: number, noun and unit made to agree, in one place.

English alone is spoken here, and only of the nouns an office uses: a word that ends in an s is
taken for a plural already.
"""

from __future__ import annotations

from typing import Final

#: Units and words that have no plural of their own.
_UNCHANGED: Final = frozenset({"each", "ea", "dozen", "gross"})
#: Nouns whose plural follows no rule, and those of things that nobody counts.
IRREGULAR: Final = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "foot": "feet",
    "tooth": "teeth",
    "diagnosis": "diagnoses",
    "analysis": "analyses",
    "equipment": "equipment",
    "staff": "staff",
    "information": "information",
    "feedback": "feedback",
    "software": "software",
    "furniture": "furniture",
}
_VOWELS: Final = "aeiou"
#: Letters whose own name begins with a vowel: an NPI, an X-ray.
_SPOKEN_VOWELS: Final = "AEFHILMNORSX"
#: Beginnings of which the h is silent.
_SILENT_H: Final = ("hour", "honest", "honor", "heir")
#: Beginnings that sound like you or won: a unit, a urine cup, a one-time key; see `_NEGATED`.
_SPOKEN_CONSONANTS: Final = tuple("uni usa use usu uti ute ura ure uri eu ewe one once".split())
#: Words that begin with un-, and not with uni-.
_NEGATED: Final = ("unid", "unim", "unin")
#: Short abbreviations that people say as a word.
_PRONOUNCED: Final = frozenset({"SKU"})
#: Words that end in f or fe and take -ves; most, such as roof and cuff, only take an s.
_TO_VES: Final = frozenset({"shelf", "half", "knife", "life", "leaf", "loaf", "wife", "calf"})
#: Endings after which a plural takes -es: boxes, dishes, patches.
_HISSING: Final = ("x", "z", "ch", "sh", "ss")
#: Words that end in a single s and are singular all the same, with what they become.
_SINGULAR: Final = {
    "gas": "gases",
    "lens": "lenses",
    "bus": "buses",
    "address": "addresses",
    "canvas": "canvases",
}


def count(number: int, noun: str) -> str:
    """Return a number with its noun: 1 line, 2 lines, 0 entries."""
    name = noun if number in {1, -1} else plural(noun)
    return f"{number:,} {name}"


def plural(noun: str) -> str:
    """Return the plural of a noun or unit: boxes, entries; symbols such as mL stay as they are.

    Only the first noun of "box of 100" and "order line (open)" in front of "of" or a bracket is
    changed.
    """
    head, mark, tail = _split(noun)
    words = head.rsplit(" ", 1)
    words[-1] = _plural_word(words[-1])
    return " ".join(words) + mark + tail


def _split(noun: str) -> tuple[str, str, str]:
    for mark in (" of ", " ("):
        if mark in noun:
            return noun.partition(mark)
    return noun, "", ""


def _plural_word(word: str) -> str:
    low = word.lower()
    if irregular := IRREGULAR.get(low) or _SINGULAR.get(low):
        return irregular
    is_plural = low.endswith("s") and not low.endswith("ss")
    if is_plural or low in _UNCHANGED or _is_symbol(word):
        return word
    if low in _TO_VES:
        return word[: low.rindex("f")] + "ves"
    if low.endswith("y") and len(low) > 1 and low[-2] not in _VOWELS:
        return word[:-1] + "ies"
    if low.endswith(_HISSING):
        return word + "es"
    return word + "s"


def _is_symbol(word: str) -> bool:
    """Whether a word is a symbol or an abbreviation, which takes no s: mL, kg, g, %, EA, btl."""
    if not word.isalpha() or not word.islower() or len(word) == 1:
        return True
    has_vowel = any(vowel in word for vowel in _VOWELS + "y")
    return len(word) <= 3 and not has_vowel


def article(noun: str) -> str:
    """Return a noun behind its article, by how it is spoken: an item, a unit, an hour, an NPI."""
    return f"an {noun}" if _begins_with_a_vowel(noun) else f"a {noun}"


def _begins_with_a_vowel(noun: str) -> bool:
    """Whether the first sound of a noun is a vowel."""
    head = noun.replace("-", " ").partition(" ")[0]
    if _is_spelled(head):
        return head[:1].upper() in _SPOKEN_VOWELS
    low = noun.lower()
    if low.startswith(_SILENT_H):
        return True
    is_consonant = low.startswith(_SPOKEN_CONSONANTS) and not low.startswith(_NEGATED)
    return low[:1] in _VOWELS and not is_consonant


def _is_spelled(word: str) -> bool:
    """Whether people say a word letter by letter: NPI and X, but not HIPAA."""
    if len(word) < 2:
        return word.isalpha()
    is_pronounced = word in _PRONOUNCED or (len(word) > 3 and word[1].lower() in _VOWELS)
    return word.isupper() and not is_pronounced


def in_sentence(label: str) -> str:
    """Return a label as it is inside a sentence: order line, SSH key, vendor SKU."""
    return " ".join(word if word[1:2].isupper() else word.lower() for word in label.split(" "))


def units(number: int, unit: str) -> str:
    """Return base units in words: 5 doses, 15 mL; 5 each is 5."""
    if unit.strip().lower() in {"", "each", "ea"}:
        return f"{number:,}"
    return count(number, unit)


def packs(
    number: int,
    pack: str,
    size: int,
) -> str:
    """Return packs with their size, so that a pack never reads like a unit: 5 boxes of 100.

    A name that says its size already is left at that, and so is a single unit: 3 doses, 2 each.
    """
    name = (pack or "pack").strip()
    counted = count(number, name)
    if size == 1 or name.endswith(f" of {size}"):
        return counted
    return f"{counted} of {size:,}"


def listing(words: list[str]) -> str:
    """Return words as a sentence lists them: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    *first, last = words
    return f"{', '.join(first)} and {last}"
