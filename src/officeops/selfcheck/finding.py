"""Finding: the result of one check."""

from __future__ import annotations

from typing import Final

from officeops.model.immutable import Value

#: From harmless to urgent.
SEVERITIES: Final = ("ok", "note", "warning", "problem")
#: The cure of a finding in rows out of the acting person's reach.
UNSEEN: Final = "Ask a person who sees all of them to run `officeops selfcheck`."


class Finding(Value):
    """The result of one check: its area, how bad it is, a sentence on it, and the cure.

    `code` identifies the finding and never changes: scripts read it. A finding that is "ok" has the
    code of its check. `repair` names a repair that is safe to make, for `selfcheck --fix`.
    """

    area: str
    code: str
    severity: str
    what: str
    cure: str = ""
    repair: str = ""
    #: Whether the only problem is a plugin that failed or is refused: the answer is incomplete
    #: then.
    is_incomplete: bool = False


#: Each code with its check or its problem. The codes of the history are in `history.finding`.
CODES: Final = {
    "attachment-lost": "The bytes of an attached file are gone.",
    "attachments-large": "Attached files have more than 1 GB, which each backup copies.",
    "backup-ahead": "The last good backup was made while a clock was wrong.",
    "backup-bad": "A backup is damaged.",
    "backup-copied": "Whether the last good backup left this machine.",
    "backup-gone": "A backup is gone, and its description is still there.",
    "backup-lost-history": "A backup holds a part of the history that the office has lost.",
    "backup-missing": "There is no good backup.",
    "backup-not-copied": "The last good backup did not leave this machine.",
    "backup-not-rehearsed": "A restore was never rehearsed, or not lately.",
    "backup-old": "How old the last good backup is.",
    "backup-other-disk": "The backups are on another file system.",
    "backup-room": "What the backups take, and whether their disk has room for two more.",
    "backup-same-disk": "The backups are on the office's own disk and go nowhere else.",
    "backup-state-unread": "The notes on copies and rehearsals cannot be read.",
    "blob-unused": "The bytes of a file belong to no attachment.",
    "check-failed": "A check could not be made.",
    "clock-ahead": "The last action is more than a year old by this machine's clock.",
    "clock-behind": "Whether this machine's clock is behind the last action.",
    "clock-jumped": "The clock went back by more than a day between two actions.",
    "clock-uncompared": "There is no action yet to compare the clock with.",
    "disk-large-log": "The write-ahead log is large.",
    "disk-read-only": "The disk is mounted read-only, so nothing is saved.",
    "disk-room": "How much room the disk has.",
    "file-on-network": "Whether the office is on a network file system.",
    "files-open": "Whether others on this machine can read the office's files or backups.",
    "files-other-owner": "Files of the office belong to another account.",
    "history-accepted": "A finding in the history that an owner accepted.",
    "history-altered": "Whether the history and the records are as they were written.",
    "history-key-unread": "Whether the keys of the history can be read.",
    "history-more": "There are more findings in the history than are shown.",
    "index-damaged": "An index does not hold its rows.",
    "key-unused": "Whether each SSH key was used in the last 90 days, or is new.",
    "mail-former-user": "Cron mails somebody who is no user any more.",
    "names-behind": "Whether records are found by the names they have.",
    "names-missing": "The table of names by which records are found is missing.",
    "office-unopened": "The office cannot be opened.",
    "pages-damaged": "Whether SQLite finds every page in order.",
    "plugin-failed": "Whether every plugin is in order.",
    "record-check": "Whether the plugins' own checks find the records in order.",
    "record-check-failed": "A plugin's own check failed.",
    "records-alike": "Whether a name finds two records.",
    "reference-dangling": "Whether every reference leads to a record.",
    "seal-key-former": "Some values are sealed with a former key.",
    "seal-key-missing": "The key of some sealed values is not here.",
    "seal-key-open": "Others on this machine can read the key of sealed fields.",
    "sealed-value-bare": "A value of a sealed field is not encrypted.",
    "sealed-value-unopened": "Whether the sealed values that were tried open.",
    "search-index-missing": "A search index is missing.",
    "search-index-wrong": "Whether the search indexes hold what the records hold.",
    "sqlite-options-missing": "SQLite was compiled without an option that officeops needs.",
    "sqlite-pragmas": "Whether the file is opened so that an acknowledged save survives a power cut.",
    "sqlite-wal-bug": "Whether this SQLite can corrupt a file that two programs use.",
    "tables-altered": "Tables, columns or indexes were altered outside officeops.",
    "tables-differ": "Whether the tables are as declared.",
    "transfers-apart": "There are transfers that name no other half.",
    "value-unfit": "Whether every value is one that its field takes.",
    "value-unfit-more": "There are more values that their fields do not take than are shown.",
}
