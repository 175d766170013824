"""Checks of the history: its chain, the records against it, and its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.office.shown_value import shown_value
from officeops.selfcheck.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

HISTORY: Final = (
    "`officeops history verify` tells more; compare with the newest backup, which `officeops backup "
    "restore` brings back beside the office. An owner can accept findings that cannot be repaired: "
    "`officeops history accept`."
)
TRIGGERS: Final = (
    "`officeops selfcheck --fix` installs the declared triggers again; ask who took them away."
)
ASTRAY_KEY: Final = "Copy it as said, and run `officeops history verify` again."
LOST_KEY: Final = (
    "Copy the key from the safe, or from the machine where the office was before, and run "
    "`officeops history verify` again. Where it is lost for good, an owner accepts that: `officeops "
    "history accept --because REASON`."
)
#: Findings of the history that are named one by one.
_NAMED: Final = 20


def history_findings(office: Office) -> Iterator[Finding]:
    """Verify the history: its chain, the records against it, and the triggers that guard it."""
    from officeops.history.finding_words import words
    from officeops.history.unseen_rows import as_seen
    from officeops.history.verify import examine

    examined = as_seen(office, examine(office))
    write = partial(shown_value, office)
    problems = examined.problems
    for problem in problems[:_NAMED]:
        cure, repair = (TRIGGERS, "triggers") if problem.kind == "trigger" else (HISTORY, "")
        if problem.code == "key-lost":
            cure = ASTRAY_KEY if problem.facts.get("astray") else LOST_KEY
        yield Finding(
            "history",
            problem.code,
            "problem",
            words(office, problem, write),
            cure,
            repair,
        )
    if len(problems) > _NAMED:
        what = f"{len(problems) - _NAMED} more findings in the history."
        cure = "`officeops history verify` tells them."
        yield Finding("history", "history-more", "problem", what, cure)
    # An accepted finding stays visible, as a note.
    for problem, acceptance in examined.accepted[:_NAMED]:
        what = f"{words(office, problem, write).rstrip('.')}; {acceptance}."
        yield Finding("history", "history-accepted", "note", what)
    if not problems:
        what = "The history is intact, and every record matches it."
        yield Finding("history", "history-altered", "ok", what)


def key_findings(office: Office) -> Iterator[Finding]:
    """Check the keys of the history.

    Without the current one nothing is saved, and without a former one nothing is verified.
    """
    keys = office.store.keys
    unreadable = [*keys.unreadable()]
    cure = "`officeops history verify` then tells whether it is the right one."
    for sentence in unreadable:
        yield Finding("history", "history-key-unread", "problem", sentence, cure)
    if not unreadable and keys.in_use():
        what = f"The key of the history, {keys.path}, can be read."
        yield Finding("history", "history-key-unread", "ok", what)
