"""What is to be seen of sealed fields: whether their key is here, is its owner's alone, and opens them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from officeops.sealing.key_trial import trial
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


def sealed_findings(office: Office) -> Iterator[Finding]:
    """Look at the key and try it on some values; nothing where no field is sealed."""
    fields = list(office.seals.sealed_fields())
    marks = dict(office.seals.marks())
    if not fields or not (marks or office.seals.ring.keys):
        return
    path, known = office.seals.ring.path, {key.mark for key in office.seals.ring.keys}
    if known and stat.S_IMODE(os.stat(path).st_mode) & 0o077:
        yield Finding(
            "sealed",
            "seal-key-open",
            "problem",
            f"Others on this machine can read the key {path}.",
            f"chmod 600 {path}",
        )
    if bare := marks.pop("", ""):
        cure = "Where it is from before its field was sealed, `officeops seal rotate --bare` seals it; else type it in again."
        yield Finding(
            "sealed",
            "sealed-value-bare",
            "problem",
            f"The {bare} is in the file unencrypted.",
            cure,
        )
    for mark in sorted(marks.keys() - known):
        cure = "Put the file back from its copy, or type its sheet in: `officeops seal recover`."
        yield Finding(
            "sealed",
            "seal-key-missing",
            "problem",
            f"The {marks[mark]} has the key {mark}, which is not in {path}.",
            cure,
        )
    opened, shut = (0, []) if bare else trial(office)
    for sentence in shut if not marks.keys() - known else []:
        yield Finding(
            "sealed",
            "sealed-value-unopened",
            "problem",
            sentence,
            "`officeops history` tells what it was; type it in again.",
        )
    if not (shut or bare):
        yield Finding(
            "sealed",
            "sealed-value-unopened",
            "ok",
            f"The key {path} opens the sealed values that were tried ({opened:,}).",
        )
    if marks.keys() & known and office.seals.former():
        what = "Some values are sealed with a former key."
        yield Finding(
            "sealed",
            "seal-key-former",
            "note",
            what,
            "`officeops seal rotate` seals them with the one in use.",
        )
