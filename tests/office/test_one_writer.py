"""Rows of records are written in one place, and every other statement that writes has a reason."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES: Final = Path(__file__).parents[2] / "src/officeops"
#: A word of each such statement: a module without them is not read as Python.
_WORDS: Final = re.compile("INSERT|UPDATE|DELETE")
_WRITES: Final = re.compile(r"\b(INSERT (OR \w+ )?INTO|UPDATE (\{|\w+ SET)|DELETE FROM)")
#: The modules and packages with SQL that writes, and the rows that they write. Add none without a reason.
REASONS: Final = {
    "office/row_writer.py": "one record's row, inserted or changed",
    "office/action_runner.py": "the row of an action",
    "office/opened_values.py": "what an action opened, beside its arguments and before its seal",
    "model/ledger/declaration.py": "the text of the trigger that adds an entry to its balance",
    "access/scope_views.py": "the temporary table of the keys that a person reaches; never in the file",
    "core/purge.py": "deletes, the only ones, under a retention rule; and the search index",
    "core/migrations.py": "rows that a migration adds or changes; the upgrade records the difference",
    "history": "the history's entry for an accepted finding; no record changes",
    "store": (
        "many records' rows at once (`bulk_insert`); migrations and renamed records, which an upgrade "
        "records; the history's seals; and the text of triggers for the entries beside each row"
    ),
    "backup": (
        "the counters of ids, so that a restored file gives none twice; and the rows of a damaged "
        "file, with their history, in a new one (`salvage`)"
    ),
    "access/log_ins.py": "the last day of a person's log-ins by each key, which changes nothing of the office's",
    "office/guarded_readings.py": "which readings of the day the history has already",
    "access/pins.py": "the digests of PINs and their tries, which no history has",
    "office/sheets/drafts.py": "drafts, which no history has: what was typed and not booked yet",
    "exchange/datasets/loading.py": (
        "the rows of a dataset, replaced whole: they are no records, and the load itself is one"
    ),
    "exchange/datasets/word_index.py": "the index of a dataset's words, filled from its table",
    "authoring/check_records.py": "no row (WHERE 0): SQLite reads the triggers of a plugin",
    "selfcheck": "a search index, which is asked by an INSERT, and rebuilt by one",
}


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a module with such words that are no docstrings; a value in an f-string is a brace."""
    source = path.read_text(encoding="utf-8")
    if not _WORDS.search(source):
        return
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{" for part in node.values]
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def test_every_statement_that_writes_has_a_reason() -> None:
    writing = set()
    for path in SOURCES.rglob("*.py"):
        if any(_WRITES.search(text) for text in texts(path)):
            place = path.relative_to(SOURCES)
            parent = str(place.parent)
            writing.add(parent if parent in REASONS else str(place))
    assert writing == set(REASONS)


def callers(module: str) -> set[str]:
    """Return the modules outside the store that import anything of this module of the store."""
    importing = set()
    for path in SOURCES.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if module not in source:
            continue
        place = str(path.relative_to(SOURCES))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module == module:
                importing.add(place)
    return {place for place in importing if not place.startswith("store/")}


def test_only_the_writer_of_many_rows_has_the_store_insert_them() -> None:
    # Of the entries that it defers, those of identities are folded in Python and inserted likewise.
    writers = {"office/bulk_writer.py", "office/deferred_entries.py"}
    assert callers("officeops.store.bulk_insert") == writers


def test_a_statement_is_seen_in_an_f_string(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""UPDATE a SET b."""\nsql = f"UPDATE {table} SET {sets} WHERE id = ?"\n')
    assert [bool(_WRITES.search(text)) for text in texts(module)].count(True) == 1
