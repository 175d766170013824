"""HIBC: codes of labelers that have no GTIN. ANSI/HIBC 2.6, Supplier Labeling Standard.

A primary code names the item: `+A123BJC5D6E71G`. A secondary one says the rest: `+$$52001510X3GD`,
where the last but one character is the check character of the primary code that it belongs to. Or
both are one code, with a slash between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Reason
from officeops.values.scanned.check_digits import has_hibc_check, hibc_check_character
from officeops.values.scanned.dates import day_in_year, day_of, full_year, six_digit_day
from officeops.values.scanned.refusal import refused
from officeops.values.scanned.scanned_code import ScannedCode
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from datetime import date

    from officeops.model.errors import Refused

#: A primary code: the labeler, the labeler's own number, and the unit of measure.
_PRIMARY = Pattern(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")
#: Secondary data that say no quantity: an optional day of the year, and a lot.
_LOT_WITH_DAY = Pattern(r"(\d{5})([A-Z0-9.\- ]*)")
#: The quantity after `$$`: two digits behind an 8, five behind a 9.
_QUANTITY: Final = {"8": 2, "9": 5}
#: The date after the quantity, by its first digit, and how many digits follow it. Others begin a
#: month and a year; a 7 stands for no date.
_DATES: Final = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7, "7": 0}
#: Supplemental data: the day of expiry, the day of production, a serial number, a quantity.
_EXPIRY, _MADE, _SERIAL, _COUNT = "14D", "16D", "S", "Q"


class Hibc:
    """One code of HIBC while it is read."""

    def __init__(
        self,
        code: str,
        today: date,
    ) -> None:
        self._code = code
        self._today = today
        self._says: dict[str, Any] = {}

    def read(self) -> ScannedCode:
        """Read the code. Raises Refused, naming it."""
        text = self._with_check(self._code.strip("*").upper())
        if text.startswith("+/"):
            why = "it is a label of a patient, an order or an employee, and not of goods"
            raise refused(
                self._code,
                Reason(why, code="malformed"),
                "Scan the code of the goods",
            )
        if len(text) < 4 or not has_hibc_check(text):
            raise self._wrong_check(text)
        body = text[1:-1]
        if body[0] in "$0123456789":
            self._take_secondary(body[:-1])
            return ScannedCode(
                "hibc",
                link=body[-1],
                **self._says,
            )
        primary, *parts = body.split("/")
        if not _PRIMARY.fullmatch(primary):
            raise self._malformed("it names no labeler and item")
        if parts:
            self._take_secondary(parts[0])
        for part in parts[1:]:
            self._take_supplement(part)
        item = f"+{primary}"
        item += hibc_check_character(item)
        return ScannedCode(
            "hibc",
            item=item,
            **self._says,
        )

    def _with_check(self, text: str) -> str:
        """Add the check character where it is a blank: text loses it, and labels print a line."""
        blank = f"{text.removesuffix('_')} "
        return blank if not has_hibc_check(text) and has_hibc_check(blank) else text

    def _take_secondary(self, data: str) -> None:
        """Read what follows the item: a lot or a serial number, with a quantity and a date."""
        if data.startswith("$$+"):
            self._set("serial", self._after_date(data[3:]))
        elif data.startswith("$$"):
            self._set("lot", self._after_date(self._after_quantity(data[2:])))
        elif data.startswith("$+"):
            self._set("serial", data[2:])
        elif data.startswith("$"):
            self._set("lot", data[1:])
        elif with_day := _LOT_WITH_DAY.fullmatch(data):
            self._set(
                "expires_on",
                day_in_year(
                    self._code,
                    with_day[1],
                    self._today,
                ),
            )
            self._set("lot", with_day[2])
        elif data:
            # A code of one part may go on with supplements at once.
            self._take_supplement(data)

    def _after_quantity(self, data: str) -> str:
        digits = _QUANTITY.get(data[:1])
        if digits is None:
            return data
        quantity = self._digits(
            data[1 : digits + 1],
            digits,
            "quantity",
        )
        self._set("quantity", int(quantity))
        return data[digits + 1 :]

    def _after_date(self, data: str) -> str:
        """Read the date, and return what follows it."""
        if not data:
            return ""
        kind, count = data[0], _DATES.get(data[0])
        if kind in "01":
            digits = self._digits(
                data[:4],
                4,
                "date",
            )
            year = full_year(int(digits[2:]), self._today)
            self._set(
                "expires_on",
                day_of(
                    self._code,
                    year,
                    digits[:2],
                ),
            )
            return data[4:]
        if count is None:
            raise self._malformed(f"no date begins with {kind}")
        if count:
            digits = self._digits(
                data[1 : count + 1],
                count,
                "date",
            )
            self._set("expires_on", self._day(kind, digits))
        return data[count + 1 :]

    def _day(
        self,
        kind: str,
        digits: str,
    ) -> date:
        """Return the day of a date. The hour of a shorter last day is left out."""
        if kind == "2":
            digits = f"{digits[4:6]}{digits[:4]}"
        if kind in "56":
            return day_in_year(
                self._code,
                digits[:5],
                self._today,
            )
        return six_digit_day(
            self._code,
            digits[:6],
            self._today,
        )

    def _take_supplement(self, part: str) -> None:
        if part.startswith((_EXPIRY, _MADE)):
            digits = self._digits(
                part[3:],
                8,
                "date",
            )
            day = day_of(
                self._code,
                int(digits[:4]) or 1,
                digits[4:6],
                digits[6:],
            )
            self._set("expires_on" if part.startswith(_EXPIRY) else "made_on", day)
        elif part.startswith(_SERIAL):
            self._set("serial", part[1:])
        elif part.startswith(_COUNT):
            self._set(
                "quantity",
                int(
                    self._digits(
                        part[1:],
                        len(part) - 1,
                        "quantity",
                    )
                ),
            )
        # Other supplements, such as a labeler's own web address, say nothing of the goods.

    def _digits(
        self,
        text: str,
        count: int,
        what: str,
    ) -> str:
        if not text or len(text) != count or not (text.isascii() and text.isdigit()):
            raise self._malformed(f"its {what} is not whole")
        return text

    def _set(
        self,
        name: str,
        value: object,
    ) -> None:
        """Note what the code says; two values of one thing are none."""
        if value == "":
            return
        if self._says.setdefault(name, value) != value:
            raise self._malformed(f"it says two different things of its {name.replace('_', ' ')}")

    def _malformed(self, why: str) -> Refused:
        return refused(self._code, Reason(why, code="malformed"))

    def _wrong_check(self, text: str) -> Refused:
        try:
            right = hibc_check_character(text[:-1])
        except ValueError:
            return self._malformed("it has characters that HIBC does not have")
        why = f"its last character is {text[-1:]!r}, and its check character is {right!r}"
        return refused(self._code, Reason(why, code="wrong-check-digit"))
