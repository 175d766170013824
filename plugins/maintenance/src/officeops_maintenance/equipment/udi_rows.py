"""UDIs in a file: a new unit has what its code says, as it has after a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, Refused, scanned_code

if TYPE_CHECKING:
    from officeops import Office
    from officeops.exchange import Row

#: How codes of GS1 and HIBC begin; what begins otherwise is a number of the office's own.
_BEGINNINGS: Final = ("]", "(", "+", "*+", "01")
#: A GTIN with its application identifier is the shortest that begins with `01`.
_FEWEST: Final = 16
_PARTS: Final = ("serial", "lot", "made_on", "expires_on")


def fill_from_udi(office: Office, row: Row) -> Reason | None:
    """Fill what a row leaves blank from its UDI.

    Return why the code cannot be used, such as its check digit, or what it says otherwise.
    """
    text = row.values["udi"] or ""
    if not text.startswith(_BEGINNINGS) or (text.startswith("01") and len(text) < _FEWEST):
        return None
    try:
        code = scanned_code(text, office.today)
    except Refused as refusal:
        return refusal.problems[0].reason()
    for part in _PARTS:
        says = _as_kept(getattr(code, part))
        given = row.values[part]
        if says is not None and given not in {None, says}:
            return Reason(
                f"it says {part} {says}, and the row has {given}", code="contradicts-record"
            )
        row.values[part] = given if says is None else says
    return None


def _as_kept(value: Any) -> str | None:  # noqa: ANN401 - text or a date
    """Return a part of a code as the row keeps it: a date in ISO 8601."""
    return None if value is None else str(value)
