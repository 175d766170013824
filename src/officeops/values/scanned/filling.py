"""Filling: the fields that a scanned code fills, whichever of them it was scanned into.

A label says its lot and its last day in one code. A field declares the part that it takes, such as
`scan="lot"`, or keeps the whole code with `scan="code"`; forms and commands fill all of them from
one scan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Reason, Refused
from officeops.values.scanned.readings import is_unmistakable, scan_readings, several
from officeops.values.scanned.refusal import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions
    from officeops.values.scanned.scanned_code import ScannedCode

#: The fewest characters of a code that says more than a number.
_FEWEST: Final = 6
#: The part of a field that keeps the whole code, such as the UDI of a device.
WHOLE: Final = "code"


class Filled:
    """What the scans among the texts of some fields come to."""

    def __init__(
        self,
        texts: dict[str, str],
        items: set[str],
    ) -> None:
        #: The texts of the fields that scans filled, by name; blank for one whose scan says nothing
        #: of it.
        self.texts = texts
        #: The numbers of the items that the codes name.
        self.items = items


def filled(
    fields: Iterable[Field],
    texts: Mapping[str, str | None],
    ways: Conventions,
    word: str = "",
) -> Filled:
    """Find scans among the texts of fields, and in the word that names the record.

    Raises Refused, naming the code, for one that cannot be used, that may be read in several ways,
    or that says otherwise than another field.
    """
    # Most forms and commands have no field for a label, and read nothing here.
    takers = [field for field in fields if field.scan]
    done = Filled({}, set())
    if not takers:
        return done
    scans = {field.name: code_in(texts.get(field.name) or "", ways) for field in takers}
    for text, code in [(word, code_in(word, ways)), *((texts.get(n), c) for n, c in scans.items())]:
        if code is None or not text:
            continue
        if code.item:
            done.items.add(code.item)
        for field in takers:
            if field.scan == WHOLE:
                _keep(done, field, text, texts.get(field.name) or "")
                continue
            own = "" if scans[field.name] else (texts.get(field.name) or "").strip()
            _fill(
                done,
                field,
                code,
                text,
                own,
                ways,
            )
    return done


def _keep(done: Filled, field: Field, text: str, own: str) -> None:
    """Keep a code that was scanned into another field, unless the field of codes has one."""
    if not own.strip():
        done.texts[field.name] = text.strip()


def _fill(
    done: Filled,
    field: Field,
    code: ScannedCode,
    text: str,
    own: str,
    ways: Conventions,
) -> None:
    """Fill one field; `own` is what a person typed into it."""
    value = getattr(code, field.scan)
    if value is None:
        if not own:
            done.texts.setdefault(field.name, "")
        return
    says = field.kind.typed(
        value,
        field,
        ways,
    )
    before = own or done.texts.get(field.name)
    if before and before != says:
        why = f"it says {field.words} {says}, and {before} is given"
        raise refused(
            text,
            Reason(why, code="contradicts-record"),
            "Give one of the two",
        )
    done.texts[field.name] = says


def code_in(text: str, ways: Conventions) -> ScannedCode | None:
    """Return the code of a text that is surely a scan, and says more than a number; else None."""
    if len(text.strip()) < _FEWEST:
        return None
    is_code = is_unmistakable(text)
    try:
        found = scan_readings(text, ways.today)
    except Refused:
        if is_code:
            raise
        return None
    if not all(reading.says_more for reading in found):
        return None
    if len(found) > 1:
        raise several(text, found)
    return found[0]
