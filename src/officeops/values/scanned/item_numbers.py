"""Item numbers: the one form in which the codes of items are compared.

A GTIN is one number, written as UPC-A, UPC-E, EAN-8, EAN-13 or GTIN-14, with or without leading
zeros. A drug's NDC is the middle of one. A HIBC code has a check character or none.
"""

from __future__ import annotations

from typing import Final

from officeops.model.text_folding import folded
from officeops.values.scanned.check_digits import (
    gs1_check_digit,
    has_gs1_check,
    has_hibc_check,
    hibc_check_character,
)
from officeops.values.text import Pattern

#: Digits of a GTIN with all its zeros, and of the shortest one with its leading zeros away. Fewer
#: digits are somebody's own number, where a leading zero may tell two apart.
GTIN_DIGITS: Final = 14
FEWEST_DIGITS: Final = 7
#: Digits of a UPC-E with its number system, which is zero, and its check digit.
UPC_E_DIGITS: Final = 8
#: A package of a drug: labeler, product and package (21 CFR 207.33). The last one is the form of
#: claims: eleven digits, one of them a zero that was put in.
_NDC = Pattern(r"(\d{4})-(\d{4})-(\d{2})|(\d{5})-(\d{3})-(\d{2})|(\d{5})-(\d{4})-(\d)")
_NDC_OF_CLAIMS = Pattern(r"(\d{5})-(\d{4})-(\d{2})")
#: A primary code of HIBC: the labeler, the labeler's own number, and the unit of measure.
_HIBC_PRIMARY = Pattern(r"\+[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
#: The digits before an NDC in a GTIN-14 without an indicator, and the number system of drugs.
_DRUGS: Final = "003"


def item_number(code: str) -> str:
    """Return the form in which two codes are the same item's.

    It is a GTIN with all its zeros, a HIBC code with its check character, or the folded text. Of
    eight digits that are both a UPC-E and an EAN-8 it takes the EAN-8, which is written so.
    """
    text = code.strip()
    digits = text.replace(" ", "")
    if digits.isascii() and digits.isdigit():
        return _gtin(digits) or folded(text)
    if text[:1] in "+*":
        return hibc_number(text) or folded(text)
    packages = ndc_packages(text) if "-" in text else []
    return gtin_of_ndc(packages[0]) if len(packages) == 1 else folded(text)


def _gtin(digits: str) -> str:
    bare = digits.lstrip("0")
    if not FEWEST_DIGITS <= len(bare) <= GTIN_DIGITS:
        return ""
    short = bare.zfill(UPC_E_DIGITS)
    if len(bare) < UPC_E_DIGITS and not has_gs1_check(short):
        upc = expanded_upc_e(short)
        if has_gs1_check(upc):
            return upc.zfill(GTIN_DIGITS)
    return bare.zfill(GTIN_DIGITS)


def expanded_upc_e(digits: str) -> str:
    """Return the UPC-A of eight digits: the number system, six digits and the check digit.

    (GS1 General Specifications, section 5.2.2.4.3.)
    """
    system, body, last, check = digits[0], digits[1:6], digits[6], digits[7]
    if last in "012":
        body = f"{body[:2]}{last}0000{body[2:]}"
    elif last == "3":
        body = f"{body[:3]}00000{body[3:]}"
    elif last == "4":
        body = f"{body[:4]}00000{body[4:]}"
    else:
        body = f"{body}0000{last}"
    return f"{system}{body}{check}"


def gtin_of_ndc(package: str) -> str:
    """Return the GTIN-14 of a drug's package, given as its ten digits."""
    digits = f"{_DRUGS}{package}"
    return digits + gs1_check_digit(digits)


def ndc_in(gtin: str) -> str | None:
    """Return the ten digits of the NDC in a GTIN-14, if it is of the numbers for drugs.

    The number system also has other goods of the trade: whether the number is an NDC, the drug's
    label says.
    """
    return gtin[3:13] if gtin[1:3] == _DRUGS[1:] else None


def ndc_packages(text: str) -> list[str]:
    """List the packages that an NDC may be, as ten digits; none if it is no NDC.

    With hyphens in three places a package has ten digits, or eleven with a zero that makes 5-4-2 of
    it. Labelers of four digits have that zero in front. Of others it is before the product or the
    package; where both begin with one there are two packages. Eleven digits without hyphens are
    read like that too.
    """
    whole = _NDC.fullmatch(text)
    if whole:
        return ["".join(filter(None, whole.groups()))]
    if len(text) == 11 and text.isdecimal():
        text = f"{text[:5]}-{text[5:9]}-{text[9:]}"
    of_claims = _NDC_OF_CLAIMS.fullmatch(text)
    if not of_claims:
        return []
    labeler, product, package = of_claims.groups()
    if labeler.startswith("0"):
        return [f"{labeler[1:]}{product}{package}"]
    packages = []
    if product.startswith("0"):
        packages.append(f"{labeler}{product[1:]}{package}")
    if package.startswith("0"):
        packages.append(f"{labeler}{product}{package[1:]}")
    return list(dict.fromkeys(packages))


def hibc_number(text: str) -> str:
    """Return a primary code of HIBC with its check character; blank if the text is none."""
    code = text.strip("*").upper()
    if has_hibc_check(code) and _HIBC_PRIMARY.fullmatch(code[:-1]):
        return code
    return code + hibc_check_character(code) if _HIBC_PRIMARY.fullmatch(code) else ""
