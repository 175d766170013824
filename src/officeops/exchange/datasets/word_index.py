"""The word index of a dataset: rows found by the words of the columns that it searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem
from officeops.query.words import quoted

if TYPE_CHECKING:
    import sqlite3

    from officeops.model.dataset import Dataset
    from officeops.office.office import Office


def build(db: sqlite3.Connection, dataset: Dataset) -> None:
    """Index the rows that were just loaded; a dataset that searches no column gets no index."""
    index = dataset.search_table
    # One of an earlier load: the plugin may search other columns by now, or none.
    db.execute(f"DROP TABLE IF EXISTS {index}")
    if not dataset.search:
        return
    columns = ", ".join(f'"{name}"' for name in dataset.search)
    # Whole words, where records have groups of three letters: a third of the time and of the room
    # for a list of names. The rows are numbered from 1 without a gap, so VACUUM keeps the numbers.
    db.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({columns}, content='{dataset.table}', "
        "content_rowid='rowid', columnsize=0, tokenize='unicode61 remove_diacritics 2')"
    )
    db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def is_built(office: Office, dataset: Dataset) -> bool:
    """Whether the rows in the file are indexed by the columns that the dataset searches today."""
    # The guard of a person hides how tables are made.
    with office.lifted():
        columns = office.rows(f"SELECT name FROM pragma_table_info('{dataset.search_table}')")
    return [name for (name,) in columns] == list(dataset.search)


def condition(dataset: Dataset, text: str) -> tuple[str, str]:
    """Return the SQL that holds for the rows with all words of a text, and its value.

    Raises UsageProblem where the dataset searches no column, and for a text without a word.
    """
    if not dataset.search:
        raise UsageProblem(
            f"{dataset.title} is not searched by words; compare a column: "
            f"--where {dataset.columns[0]}=TEXT.",
            code="not-together",
        )
    # A blank search would find nothing, which reads as if nobody were on the list.
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    if not words:
        raise UsageProblem("Say what to look for: a word, or its beginning.", code="needed")
    index = dataset.search_table
    # Quoted: OR and NEAR in the name of a firm are words, and no operators of the index.
    asked = " AND ".join(f"{quoted(word)} *" for word in words)
    return f"list.rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)", asked
