"""The sentence for each code of a finding. Nothing reads a sentence back: code and facts decide."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Facts = Mapping[str, Any]


def sentence(code: str, facts: Facts) -> str:
    """Return the sentence for a finding, from its code and its facts."""
    text = _SENTENCES[code]
    return text.format_map(facts) if isinstance(text, str) else text(facts)


def _numbers(word: str, first: int, last: int, verb: str = "") -> str:
    """Return a range of numbers with its verb: "Action 4 is", "Actions 4 to 6 are"."""
    one, many = (f"{verb}s", verb) if verb else ("is", "are")
    return f"{word} {first:,} {one}" if first == last else f"{word}s {first:,} to {last:,} {many}"


def _missing(word: str) -> Callable[[Facts], str]:
    return lambda facts: f"{_numbers(word, facts['first'], facts['last'])} missing."


def _orphaned(facts: Facts) -> str:
    return f"{_numbers('Change', facts['first'], facts['last'], 'belong')} to no action."


def _key_lost(facts: Facts) -> str:
    actions = _numbers("Action", facts["first"], facts["last"], "name")
    name = facts["key"][:32]
    place = f"{facts['path']}.{name}"
    astray = facts.get("astray")
    if astray:
        return (
            f"{actions} the key {name}, which is in {astray}, where nothing looks for it, so they "
            f"cannot be verified. Copy it: cp -p {quote(astray)} {quote(place)}"
        )
    if facts.get("unread"):
        # It may well be the one that cannot be read.
        return f"{actions} the key {name}, and cannot be verified. {facts['unread']}"
    return (
        f"{actions} the key {name}, which is not here, and cannot be verified. "
        f"Put that key in {place}."
    )


def _key_back(facts: Facts) -> str:
    name = facts["key"][:32]
    return (
        f"From action {facts['action']:,} on, the history names the key {name} again, though another "
        "had taken over: those actions were altered, or an old key replaced the one in use."
    )


def _altered(facts: Facts) -> str:
    sides = facts.get("sides") or ", ".join(facts["columns"])
    return f"{facts['row']} is not as recorded: {sides} altered outside the history."


def _change_altered(facts: Facts) -> str:
    change, columns = facts["change"], ", ".join(facts["columns"])
    what = {
        "adds-existing": "adds an existing record",
        "changes-missing": "changes a missing record",
        "finds-other": f"found another {columns} than the change before it had left",
    }[facts["fault"]]
    return f"{facts['row']} was altered outside the history: change {change:,} {what}."


_ACTION: Final = "Action {action:,} ({verb} by {actor}, {at}) "
_RECORD: Final = "{row} "
_ANCHOR: Final = "The anchor {action:,}:{link:.12}… does not hold: "

_SENTENCES: Final[dict[str, str | Callable[[Facts], str]]] = {
    "actions-missing": _missing("Action"),
    "changes-missing": _missing("Change"),
    "end-cut": (
        "The history ends with {counted} {last:,}, but {counted} {given:,} was written: "
        "its end was cut off or added to."
    ),
    "action-altered": (
        f"{_ACTION}is not as it was written, or does not follow the one before it: "
        "it, a change of it, or what came before was altered."
    ),
    "action-unlinked": f"{_ACTION}has no link: it was not written by officeops.",
    "action-destroyed-again": f"{_ACTION}has its destroyed contents again.",
    "key-first-unsaid": (
        f"{_ACTION}does not say that it is the first under its key: earlier actions may be altered "
        "and have been given the name of a lost key, or it was written by officeops 0.1."
    ),
    "key-lost": _key_lost,
    "key-back": _key_back,
    "key-unused": (
        "The key in {path} has sealed nothing of this history: it is new, it or the history is "
        "another office's, or what it sealed was given the name of another key."
    ),
    "change-orphaned": _orphaned,
    "change-misplaced": (
        "Change {change:,} says it belongs to action {belongs:,}, but is among those of {action:,}."
    ),
    "change-destroyed-again": "Change {change:,} has again the contents that were destroyed.",
    "anchor-cut": (
        f"{_ANCHOR}the history ends with action {{last:,}}: its end was cut off, or an older copy of "
        "the file took its place."
    ),
    "anchor-other": (
        f"{_ANCHOR}action {{action:,}} is not the one that was anchored: "
        "the history was rewritten, or this is another office's."
    ),
    "file-damaged": (
        "SQLite finds the file damaged: {error}. `officeops selfcheck` says whether an index alone "
        "is; nothing else below is certain."
    ),
    "part-unread": "The {part} cannot be read to the end: {error}. The file is damaged.",
    "table-gone": "The history tells of {record}, but there is no such table.",
    "table-unread": "{record} cannot be compared with its history: {error}.",
    "layout-altered": (
        "The layout {layout} is missing or was altered: {changes:,} changes of {record} cannot be "
        "read without it."
    ),
    "record-altered": _altered,
    "record-unreadable": (
        f"{_RECORD}is not as recorded: it has text that cannot be read, put there outside the history."
    ),
    "record-gone": f"{_RECORD}is gone, and the history does not say why.",
    "record-unknown": f"{_RECORD}is there, but the history does not know it.",
    "record-destroyed-again": f"{_RECORD}was destroyed, but is there again.",
    "record-contents-again": f"{_RECORD}was destroyed, but its contents are in the history again.",
    "record-change-altered": _change_altered,
    "record-version": (
        f"{_RECORD}has the version {{version:,}}, which its recorded saves cannot have made."
    ),
    "attachment-altered": (
        "The bytes of attachment {record_id} of {subject} were altered outside the history; "
        "restore them from a backup."
    ),
    "attachment-lost": "The bytes of attachment {record_id} of {subject} are gone.",
    "attachment-unopened": (
        "Attachment {record_id} of {subject} is sealed with a key that is not here, and cannot be "
        "verified."
    ),
    "blob-altered": "Bytes that no attachment has were altered: {digest}….",
    "trigger-missing": (
        "The trigger {trigger} is missing: writes to {record} may be without history."
    ),
    "trigger-altered": (
        "The trigger {trigger} was altered: writes to {record} may be without history."
    ),
    "trigger-foreign": "The trigger {trigger} on {record} is not of officeops.",
    "more": "There are more; these are the first {most:,}.",
}
