"""Checks of sealed fields: their key is here, closed to others, and opens them."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from officeops.history.unseen_rows import reaches_everything
from officeops.sealing.key_trial import trial
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


def sealed_findings(office: Office) -> Iterator[Finding]:
    """Check the key, and try it on some values; nothing where no field is sealed."""
    fields = list(office.seals.sealed_fields())
    # The keys of the sealed values, each with a place it is used; a blank one is no key at all.
    marks = dict(office.seals.marks())
    ring = office.seals.ring
    if not fields or not (marks or ring.keys):
        return
    known = ring.marks
    if known and stat.S_IMODE(os.stat(ring.path).st_mode) & 0o077:
        what = f"Others on this machine can read the key {ring.path}."
        yield Finding(
            "sealed",
            "seal-key-open",
            "problem",
            what,
            f"chmod 600 {ring.path}",
        )
    bare = marks.pop("", "")
    if bare:
        what = f"The {bare} is in the file unencrypted."
        cure = (
            "If it is from before its field was sealed, `officeops seal rotate --bare` seals it; "
            "else enter it again."
        )
        yield Finding("sealed", "sealed-value-bare", "problem", what, cure)
    missing = sorted(marks.keys() - known)
    for mark in missing:
        what = f"The {marks[mark]} has the key {mark}, which is not in {ring.path}."
        cure = "Restore the file from its copy, or type its sheet in: `officeops seal recover`."
        yield Finding("sealed", "seal-key-missing", "problem", what, cure)
    if not bare:
        yield from _trial_findings(office, is_missing=bool(missing))
    if marks.keys() & known and office.seals.former():
        what = "Some values are sealed with a former key."
        cure = "`officeops seal rotate` seals them with the one in use."
        yield Finding("sealed", "seal-key-former", "note", what, cure)


def _trial_findings(office: Office, *, is_missing: bool) -> Iterator[Finding]:
    """Open some values; with a key missing, the ones that stay shut are that finding already."""
    opened, problems = trial(office)
    cure = "`officeops history` shows the former value; enter it again."
    for sentence in problems if not is_missing else ():
        yield Finding(
            "sealed",
            "sealed-value-unopened",
            "problem",
            sentence,
            cure,
        )
    if not problems:
        path = office.seals.ring.path
        # Some of them may be of rows that the person does not see.
        many = f" ({opened:,})" if reaches_everything(office) else ""
        what = f"The key {path} opens the sealed values that were tried{many}."
        yield Finding("sealed", "sealed-value-unopened", "ok", what)
