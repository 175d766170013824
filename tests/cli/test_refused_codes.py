"""Refused command lines: under `--json`, each problem has the code that a script decides by."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, Final

import pytest

from officeops.model.refusal_codes import MEANINGS

if TYPE_CHECKING:
    from officeops.testing import Cli

#: An office with a record of each kind, in states that refuse.
BEFORE: Final = """\
vendor add --code V1 --name Acme
vendor add --code V2 --name Held
vendor hold V2 --reason Late
vendor add --code V3 --name Gone
vendor archive V3
item add --sku AA --name Gauze
item add --sku BB --name Gloves
item add --sku OLD --name Old
item archive OLD
pack add --item AA --name box --size 100
pack add --item BB --name case --size 10
location add --name Cellar
closed-day add --day 2026-12-25 --what Christmas
lot add --item BB --number L1 --expires-on 2030-01-31
lot quarantine L1
item receive AA --quantity 5
stock-move reverse 1
item receive AA --quantity 5
item receive BB --quantity 5 --lot L2 --expires-on 2030-01-31
stock-level add --item AA --location Cellar --reorder-point 1
order add --vendor V1
order add --vendor V1
order add-line PO-2 --item AA --packs 1 --pack box
order add --vendor V2
vendor-document add --vendor V1 --kind w9 --expires-on 2030-01-31
vendor-document renew 1 --expires-on 2031-01-31
vendor-terms add --vendor V1 --item AA"""
#: Each refused line, and the code of its problem.
REFUSED: Final = [
    ("item add --name X", "needed"),
    ("item add --sku AA --name X", "taken"),
    ("item add --sku '' --name X", "needed"),
    ("item add --sku CC --name X --reorder-point many", "not-a-number"),
    ("item add --sku CC --name X --reorder-point -1", "out-of-range"),
    ("item add --sku CC --name X --reorder-point 9 --order-up-to 5", "wrong-order"),
    ("item add --sku CC --name X --discontinued maybe", "wrong-kind"),
    ("item edit nobody --name X", "not-found"),
    ("item use AA --quantity 999", "not-enough-stock"),
    ("item use AA --quantity 0", "out-of-range"),
    ("item use nobody --quantity 1", "not-found"),
    ("item receive BB --quantity 1 --expires-on 2030-01-31", "lot-needed"),
    ("item receive BB --quantity 1 --lot L3", "expiry-needed"),
    ("item receive BB --quantity 1 --lot L2 --expires-on 2031-01-31", "contradicts-record"),
    ("item receive AA --quantity 1 --location nowhere", "not-found"),
    ("item transfer AA --quantity 1 --to-location Cellar --from-location Cellar", "nothing-to-do"),
    ("pack add --item AA --name box --size 100", "taken"),
    ("pack add --item nobody --name tub --size 50", "not-found"),
    ("pack add --item OLD --name tub --size 50", "archived"),
    ("pack add --item AA --name tub --size 0", "out-of-range"),
    ("location add --name Cellar", "taken"),
    ("location make-default Cellar", "nothing-to-do"),
    ("closed-day add --day 2026-12-25", "taken"),
    ("closed-day add --day someday", "not-a-date"),
    ("lot add --item BB --number L1 --expires-on 2030-01-31", "taken"),
    ("lot add --item nobody --number L1", "not-found"),
    ("lot quarantine L1", "wrong-state"),
    ("lot release L2", "wrong-state"),
    ("lot discard L1", "nothing-to-do"),
    ("stock-level add --item AA --location Cellar", "taken"),
    ("stock-level add --item AA --location nowhere", "not-found"),
    ("stock-move reverse 1", "reversed-already"),
    ("stock-move reverse 2", "is-a-reversal"),
    ("stock-move reverse 99", "not-found"),
    ("order add --vendor nobody", "not-found"),
    ("order add --vendor V3", "archived"),
    ("order approve PO-1", "needed"),
    ("order send PO-1", "wrong-state"),
    ("order receive PO-1", "wrong-state"),
    ("order close PO-1", "wrong-state"),
    ("order reopen PO-1", "wrong-state"),
    ("order close-short PO-1", "wrong-state"),
    ("order add-line PO-2 --item AA --packs 1 --pack box", "taken"),
    ("order add-line PO-1 --item AA --packs 1 --pack case", "not-found"),
    ("order add-line PO-1 --item AA --packs 0", "out-of-range"),
    ("order approve PO-2", "needs-consent"),
    ("order-line price 1 --price 5", "wrong-state"),
    ("vendor add --code V1 --name Other", "taken"),
    ("vendor hold V2 --reason Again", "wrong-state"),
    ("vendor release V1", "wrong-state"),
    ("vendor deactivate V2", "wrong-state"),
    ("vendor-document add --vendor V1 --kind nonsense", "unknown-choice"),
    ("vendor-document renew 1 --expires-on 2032-01-31", "wrong-state"),
    ("vendor-document renew 2 --expires-on 2029-01-31", "wrong-order"),
    ("vendor-terms add --vendor V1 --item AA --pack case", "not-found"),
    ("vendor-terms add --vendor nobody --item AA", "not-found"),
    ("hold --reason Audit", "needed"),
    ("item list --where colour=red", "unknown-field"),
    ("item list --where reorder_point=many", "not-a-number"),
    ("item list --columns colour", "unknown-field"),
    ("item list --limit many", "not-a-number"),
    ("item list --view nobody", "not-found"),
    ("item edit AA", "nothing-to-do"),
    ("item add --colour red", "unknown-option"),
    ("item show AA BB", "too-many"),
    ("item add --sku", "needed"),
    ("itme add", "unknown-command"),
    ("report nobody", "not-found"),
    ("access show nobody", "not-found"),
    ("search", "needed"),
    ("today --for ''", "needed"),
]


@pytest.fixture
def office(cli: Cli) -> Cli:
    """Set up the records; each line of that must succeed."""
    for line in BEFORE.splitlines():
        ran = cli(*shlex.split(line))
        assert ran.code == 0, (line, ran.err)
    return cli


def error_of(cli: Cli, line: str) -> dict[str, Any]:
    """Return the error object of a line that must be refused."""
    ran = cli(*shlex.split(line), "--json")
    assert ran.code in {1, 2}, (line, ran.out)
    error: dict[str, Any] = json.loads(ran.err)["error"]
    return error


def test_every_refused_line_has_its_code(office: Cli) -> None:
    codes = {}
    for line, _ in REFUSED:
        problems = error_of(office, line).get("problems", [])
        codes[line] = [problem["code"] for problem in problems]
    assert codes == {line: [code] for line, code in REFUSED}
    assert {code for _, code in REFUSED} <= MEANINGS.keys()


def test_facts_say_what_a_script_would_look_up(office: Cli) -> None:
    def facts(line: str) -> dict[str, Any]:
        [problem] = error_of(office, line)["problems"]
        found: dict[str, Any] = problem["facts"]
        return found

    use = "item use AA --quantity 999"
    assert facts(use) == {"on_hand": 5, "wanted": 999, "location": "Cellar"}
    assert facts("item add --sku AA --name X") == {"by": "AA"}
    assert facts("item use AA --quantity 0") == {"minimum": 1, "maximum": None}
    assert facts("order send PO-1") == {"state": "draft", "needed": ["approved"]}
    assert facts("order add --vendor nobody") == {"kind": "vendor", "text": "nobody"}


def test_a_word_that_fits_several_names_them(office: Cli) -> None:
    for sku in ("X1", "X2"):
        office("item", "add", "--sku", sku, "--name", "Same")
    [problem] = error_of(office, "item use Same --quantity 1")["problems"]
    assert (problem["code"], problem["facts"]) == ("ambiguous", {"ids": [4, 5], "count": 2})


def test_each_bad_row_of_an_import_has_a_code(office: Cli) -> None:
    rows = "item,name,size\nAA,tub,many\nnobody,tub,5\nAA,bag,0\n"
    ran = office("pack", "import", "-", "--json", typed=rows)
    found = {(bad["line"], bad["column"], bad["code"]) for bad in ran.json["bad"]}
    assert found == {
        (2, "size", "not-a-number"),
        (3, "item", "not-found"),
        (4, "size", "out-of-range"),
    }
