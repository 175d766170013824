"""Statements: which SQL may run on the office's connection, in which phase.

Outside an action nothing is written; inside one, rows are. Transactions, tables, settings of the
connection and the history itself are the core's. SQLite keeps the first rule by itself (`PRAGMA
query_only`); this one names the attempt in words, and keeps the others, at the price of a look-up
for each statement that was seen before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from officeops.store.file_refusals import is_error

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

#: The phase: the core itself works; only reading; code of an action runs.
Reach = Literal["core", "reading", "acting"]

# Patterns are compiled when one is first needed: most commands meet none of them, and compiling
# them is a hundredth of a command.
#: Blanks and comments in front; to SQLite a byte order mark is a blank, too.
_BEFORE: Final = r"(?s)(?:[\s\ufeff]|;|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z))*"
_WORD: Final = r"[A-Za-z]+"
_ROLLBACK_TO: Final = r"(?i)ROLLBACK\s+(?:TRANSACTION\s+)?TO\b"
_PRAGMA: Final = r"(?i)PRAGMA\s+(?:\w+\s*\.\s*)?(\w+)\s*([=(]?)"
#: What hides a word from the eye that looks for the verb of a WITH, and what counts there.
_PIECE: Final = (
    r"""(?s)'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?(?:\*/|\Z)|[().]|\w+"""
)
#: The tables of folded identities and of the search index, beside those of records.
_BESIDE: Final = r"\w+_(?:same|search(?:_\w+)?)"
#: A statement that names such a table has one of these in it.
_BESIDE_ENDINGS: Final = ("_same", "_search")
_QUOTES: Final = frozenset("'\"`")
_WRITING_WORD: Final = r"(?i)\b(?:insert|replace|update|delete)\b"
#: Tables that only the core writes: the history, drafts, PINs, and what keeps the file in order.
_HISTORY: Final = (
    "core_action",
    "core_change",
    "core_draft",
    "core_former_name",
    "core_installed",
    "core_layout",
    "core_login",
    "core_pin",
    "core_shown",
    "core_trigger",
    "_sqlite_migrations",
    "sqlite_sequence",
    "sqlite_master",
    "sqlite_schema",
)
_READS: Final = frozenset({"SELECT", "VALUES", "WITH", "EXPLAIN", "PRAGMA"})
_WRITES: Final = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE"})
#: Words that nearly every statement begins with, spelled out at its very start.
_PLAIN_STARTS: Final = _READS | _WRITES
_PIECES: Final = frozenset({"SAVEPOINT", "RELEASE"})
_TRANSACTIONS: Final = frozenset({"BEGIN", "COMMIT", "END", "ROLLBACK"})
_FILES: Final = frozenset({"ATTACH", "DETACH", "VACUUM"})
#: Pragmas that take the name of a table, or a number of findings, and only tell.
_TELLING: Final = frozenset(
    {
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "quick_check",
        "table_info",
        "table_list",
        "table_xinfo",
    }
)
#: Pragmas that do something even without a value.
_DOING: Final = frozenset({"incremental_vacuum", "optimize", "shrink_memory", "wal_checkpoint"})
#: Pragmas that an action may set for itself.
_OWN: Final = frozenset({"busy_timeout", "cache_size", "defer_foreign_keys"})


#: The refusal of a write outside an action.
OUTSIDE: Final = "tried to write HERE; writes belong in an action"


def refusal(sql: str, reach: Reach) -> str:
    """Return the reason why a statement may not run, with the cure, `tried to …; …`; or blank.

    The word `HERE` marks the place for the name of the code that tried.
    """
    sql = _without_blanks(sql)
    word = _first_word(sql)
    if word == "ROLLBACK" and re.match(_ROLLBACK_TO, sql):
        word = "SAVEPOINT"
    if word in _TRANSACTIONS:
        return (
            f"tried to run {word} HERE; the office alone begins and ends an action, which is one "
            "transaction"
        )
    if word in _FILES:
        return (
            f"tried to run {word} HERE; the office's file is opened and copied by officeops alone"
        )
    if reach == "core" or not sql:
        return ""
    if not word:
        return "tried to run a statement HERE that does not begin with a word"
    return _in_phase(sql, word, reach)


def _in_phase(
    sql: str,
    word: str,
    reach: Reach,
) -> str:
    """Return the reason why code that only reads, or acts, may not run a statement; or blank."""
    if word == "PRAGMA":
        return _pragma(sql, reach)
    if reach == "acting":
        return _in_an_action(sql, word)
    is_reading = word in _READS and (word != "WITH" or _verb_of_with(sql) in _READS)
    return "" if is_reading else OUTSIDE


def reads_only(sql: str) -> bool:
    """Whether a statement writes no rows, by its words."""
    word = _first_word(sql)
    return word in _READS | _PIECES and (word != "WITH" or _verb_of_with(sql) in _READS)


def begins_rollback(sql: str) -> bool:
    """Whether a statement goes back to a savepoint."""
    return _first_word(sql) == "ROLLBACK"


def moves_savepoint(sql: str) -> bool:
    """Whether a statement sets a savepoint, goes back to it or gives it up."""
    return _first_word(sql) in {*_PIECES, "ROLLBACK"}


def _first_word(sql: str) -> str:
    """Return the word a statement begins with, in capitals; blank where it has none."""
    sql = _without_blanks(sql)
    start = sql[:10].partition(" ")[0].upper()
    if start in _PLAIN_STARTS:
        return start
    match = re.match(_WORD, sql)
    return match[0].upper() if match else ""


def _without_blanks(sql: str) -> str:
    """Return a statement from its first word on, without the blanks and comments in front."""
    # Nearly every statement has blanks alone in front, and they take no pattern.
    sql = sql.lstrip()
    return sql if sql[:1].isalpha() else re.sub(_BEFORE, "", sql, count=1)


def _verb_of_with(sql: str) -> str:
    """Return the verb of a statement that begins with WITH: SELECT, or a word that writes."""
    depth = 0
    for match in re.finditer(_PIECE, sql):
        piece = match[0].upper()
        depth += (piece == "(") - (piece == ")")
        if depth == 0 and piece in {"SELECT", "VALUES", *_WRITES}:
            return piece
    return ""


def _in_an_action(sql: str, word: str) -> str:
    if word not in _READS | _WRITES | _PIECES:
        return f"tried to run {word} HERE; tables change in migrations, an action writes rows"
    if word not in _WRITES and not (word == "WITH" and re.search(_WRITING_WORD, sql)):
        return ""
    lowered = sql.lower()
    for table in _HISTORY:
        if table in lowered:
            return f"tried to write {table} HERE; officeops alone keeps the history"
    if not any(ending in lowered for ending in _BESIDE_ENDINGS):
        return ""
    beside = [table for table in targets(sql) if re.fullmatch(_BESIDE, table)]
    return of_triggers(beside[0]) if beside else ""


def of_triggers(table: str) -> str:
    """Return the reason why nothing but triggers writes to a table."""
    return f"tried to write {table} HERE; triggers keep it beside the records"


def targets(sql: str) -> list[str]:
    """List the tables that a statement itself writes to, in small letters."""
    if table := _plainly_inserted(sql):
        return [table.lower()]
    every = re.findall(_PIECE, sql)
    pieces = [piece for piece in every if not piece.startswith(("--", "/*"))]
    words = ["", *(piece.upper() for piece in pieces), "", "", "", ""]
    pieces += [""] * 4
    tables = []
    for place, word in enumerate(words[1:-4]):
        # `UPDATE OR IGNORE items`, `INSERT INTO main.items`
        skipped = 2 if word == "UPDATE" and words[place + 2] == "OR" else 0
        if word in {"INTO", "UPDATE"} or (word == "FROM" and words[place] == "DELETE"):
            at = place + 1 + skipped
            at += 2 if pieces[at + 1] == "." else 0
            tables.append(_unquoted(pieces[at]).lower())
    return tables


def _plainly_inserted(sql: str) -> str:
    """Return the table of `INSERT INTO table (…`, as nearly every row is added; blank otherwise."""
    head, bracket, _ = sql.partition(" (")
    begins, _, table = head.rpartition(" ")
    is_plain = begins == "INSERT INTO" and bracket and ";" not in sql
    return table if is_plain and table.isidentifier() else ""


def _unquoted(name: str) -> str:
    """Return a name in a statement without the marks around it."""
    mark = name[:1]
    if mark == "[" or mark in _QUOTES:
        name = name[1:-1]
    return name.replace(mark * 2, mark) if mark in _QUOTES else name


def _pragma(sql: str, reach: Reach) -> str:
    name, mark = sql.removeprefix("PRAGMA ").lower(), ""
    if not name.isidentifier():
        match = re.match(_PRAGMA, sql)
        name, mark = (match[1].lower(), match[2]) if match else ("", "=")
    tells = name not in _DOING and (not mark or (mark == "(" and name in _TELLING))
    if tells or (reach == "acting" and name in _OWN):
        return ""
    return f"tried to set PRAGMA {name} HERE; officeops alone decides how its file is opened"


def sentence(refused: str, running: tuple[str, str] | None) -> str:
    """Return the attempt as a sentence, with the plugin and function if a plugin's code runs."""
    if running is None:
        place = " outside an action" if "to write HERE" in refused else ""
        return f"Something {refused.replace(' HERE', place)}."
    plugin, function = running
    place = function if " " in function else f"{function}()"
    return f"The plugin {plugin} {refused.replace(' HERE', f' in {place}')}."


def of_sqlite(error: sqlite3.Error) -> str:
    """Describe a refused write outside an action; blank for any other error."""
    # A trigger asks for the open action by a function, which raises where there is none. Of that
    # SQLite has no code, only this text.
    raised = str(error) == "user-defined function raised exception"
    return OUTSIDE if raised or is_error(error, "SQLITE_READONLY") else ""


#: By phase, the statements that were looked at and may run.
Seen = dict[Reach, set[str]]
#: The most statements remembered of a kind; code that writes values into its SQL would fill the
#: memory.
MOST: Final = 500


def fresh() -> Mapping[Reach, set[str]]:
    """Return a memory of statements without any."""
    return {"core": set(), "reading": set(), "acting": set()}
