"""Import a table: every row is checked before any is kept, in one transaction."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from officeops.exchange.imports.import_run import ImportRun
from officeops.model.exit_codes import PARTLY, marked
from officeops.office.record_types import must_be_usable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.exchange.formats.table import Table
    from officeops.exchange.imports.outcome import Options, Outcome
    from officeops.model.records import Record
    from officeops.office.office import Office


#: What makes another import of a file.
_WAYS: Final = ("key", "update", "skip_bad", "date_order", "decimal", "keep_totals")


class _Undo(Exception):
    pass


def import_table(
    office: Office,
    record: type[Record],
    table: Table,
    options: Options,
    source: str = "",
) -> Outcome:
    """Import a table into a kind of record.

    Nothing is kept on a dry run, or where rows are bad and are not to be skipped.
    """
    must_be_usable(record.meta, office.records, office.plugins)
    run = ImportRun(office, record, table, options, source or table.digest[:16])
    given: dict[str, object] = {"file": source}
    if options.request:
        # The same file, taken in another way, is another import.
        given |= {name: getattr(options, name) for name in _WAYS}
    try:
        bulk = f"importing {record.meta.many}"
        with (
            _without_cycles(),
            office.acting(
                f"{record.meta.key}.import", given, request=options.request, bulk=bulk
            ) as answer,
        ):
            run.all_rows()
            answer.append(f"{run.outcome.added:,} added, {run.outcome.updated:,} changed")
            if run.outcome.is_partial:
                answer.append(marked("", PARTLY))
            if options.dry_run or (run.outcome.bad and not (options.skip_bad and run.wrote)):
                raise _Undo  # noqa: TRY301 - leaves the transaction by its own door
        run.outcome.kept = True
    except _Undo:
        pass
    return run.outcome


@contextmanager
def _without_cycles() -> Iterator[None]:
    """Delay the search for cycles: rows have none, and it costs a twentieth of an import."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
