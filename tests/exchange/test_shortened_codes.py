"""A code that a spreadsheet shortened to a power of ten is refused in every text field of every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.imports.import_run import import_fields
from officeops.office.office import open_office

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.testing import Cli

SHORTENED = ["4.00638E+12", "4,00638E+12", "1E+15", "1.2e+20", "4.00638E+012"]


def shortened(fields: list[Field], needed: list[Field]) -> str:
    """A file with a row for each field and code, in which that field alone has a value."""
    columns = list(dict.fromkeys(field.public_name for field in [*fields, *needed]))
    rows = [",".join(columns)]
    for field in fields:
        place = columns.index(field.public_name)
        others = len(columns) - place - 1
        rows += [f'{"," * place}"{text}"{"," * others}' for text in SHORTENED]
    return "\n".join(rows) + "\n"


def test_a_code_that_a_spreadsheet_shortened_is_refused_in_every_text_field(cli: Cli) -> None:
    assert cli("location", "list").code == 0
    with open_office(cli.path) as office:
        records = [record for record in office.records.values() if not record.meta.derived]
    tried = 0
    for record in records:
        if cli(record.meta.noun, "import", "--help").code != 0:
            continue
        texts = [
            field
            for field in import_fields(record)
            if field.kind.name in {"text", "long_text"} and not field.sealed
        ]
        needed = [field for field in import_fields(record) if field.required]
        # One file for all of them; where an importer takes them in no one file, one for each.
        together = cli(record.meta.noun, "import", "-", "--json", typed=shortened(texts, needed))
        for field in texts:
            ran = together
            if not together.out:
                alone = shortened([field], needed)
                ran = cli(record.meta.noun, "import", "-", "--json", typed=alone)
            if not ran.out:
                continue
            refused = [
                bad["value"]
                for bad in ran.json["bad"]
                if bad["column"] == field.public_name and "shortened" in bad["reason"]
            ]
            assert refused == SHORTENED, (record.meta.key, field.name)
            tried += 1
    assert tried > 20
