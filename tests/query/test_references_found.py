"""A reference is written by what finds its record again, in lists, in files and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import Query
from officeops.model.identity import is_nameless

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

LINES = (
    "init --name Test",
    "vendor add --name Acme --code A1",
    "vendor-document add --vendor Acme --kind insurance --expires-on 2027-06-30",
    "vendor-document add --vendor Acme --kind insurance --expires-on 2028-06-30",
    "vendor-document renew #2 --expires-on 2029-06-30",
    "item add --sku A --name Gloves --reorder-point 5 --order-up-to 9",
    "item add --sku B --name Syringes --reorder-point 5 --order-up-to 9",
    "vendor-terms add --item A --vendor Acme",
    "vendor-terms add --item B --vendor Acme",
    "reorder draft",
    "order approve PO-1 --without-prices",
    "order send PO-1",
    "order receive PO-1 --item B --packs 9",
    "item receive A --quantity 5",
    "item use A --quantity 1",
    "stock-move reverse #3",
)


def test_every_reference_is_written_by_what_finds_it_again(cli: Cli, office: Office) -> None:
    for line in LINES:
        assert cli(*line.split()).code == 0, line
    nameless = set()
    for kind in office.records.values():
        for field in kind.meta.fields:
            target = office.target(field)
            if target is None:
                continue
            for by_key in (False, True):
                sql, values = office.query(kind, by_key=by_key).sql(Query(), [field])
                for id_, word in office.rows(sql, *values):
                    number = getattr(office.get(kind, id_), field.name)
                    if number is None:
                        continue
                    assert office.find(target, str(word)).id == number, (kind.meta.key, field.name)
                    assert office.find(target, office.label(target, number)).id == number
                    if is_nameless(target.meta):
                        nameless.add(target.meta.noun)
    assert {"order-line", "stock-move", "vendor-document"} <= nameless


def test_moves_that_were_exported_are_recognized(cli: Cli) -> None:
    for line in LINES:
        assert cli(*line.split()).code == 0, line
    text = cli("stock-move", "export", "-").out
    assert "#" in text
    ran = cli("stock-move", "import", "-", "--dry-run", "--json", typed=text)
    references = {"item", "location", "lot", "line", "reverses"}
    assert [row for row in ran.json["bad"] if row["column"] in references] == []
    assert ran.json["added"] == 0
