"""A service and an importer answer in the types that are declared, or their plugin is named and nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.plugins.failing_plugins import thing

from officeops import services
from officeops.exchange.importer import Importer, Row
from officeops.model.errors import Reason
from officeops.model.exit_codes import REFUSED
from officeops.plugins.answer_types import answer_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

ON = {"OFFICEOPS_PLUGINS": "inventory,vendors,bad"}
#: Wrong answers of each method of an importer that answers, as its body.
WRONG = {
    "missing": ("return 'one'",),
    "look_up": ("return 5", "yield 5", "yield rows[0], 'name'"),
    "check": ("return 5", "yield rows[0], 'name', 5", "yield rows[0], 5, 'is wrong'"),
    "leave_out": ("return 5", "yield rows[0], 5", "yield rows[0]"),
    "refuse_new": ("return 5", "yield rows[0], 'name', 5"),
    "differing": ("return [1]", "return {1: 'name'}", "return {'one': ['name']}"),
    "fixed": ("return 5", "return {1: [5]}"),
    "finish": ("return 5", "yield 5", "return [None]"),
    "doubts": ("return 5", "yield 'Name'", "yield 'Name', 5"),
    "further": ("return 'yes'",),
    "said": ("return 5", "return {5: 5}"),
    "brought": ("return 5", "yield 5, 'name', 'is wrong'"),
}
GIVEN = {
    "doubts": "self, columns",
    "finish": "self",
    "missing": "self, name, text",
    "further": "self, row, first",
    "said": "self, record_id",
}
#: Methods that answer nothing, and are called for what they do.
SILENT = {"begin", "added", "updated", "pass_over"}
ROW = "name\nA\nA\n"


def importing(method: str, body: str) -> str:
    given = GIVEN.get(method, "self, rows")
    return (
        thing().replace("class Thing(Record,", "class Thing(Record, ", 1)
        + "\nfrom officeops.exchange.importer import Importer\n\n"
        + "class ThingImport(Importer):\n    keys = (('name',),)\n\n"
        + f"    def {method}({given}):\n        {body}\n\n"
        + "Thing.importer = 'bad:ThingImport'\n"
    )


def test_every_method_that_answers_is_tried() -> None:
    methods = {name for name, value in vars(Importer).items() if callable(value) and name[0] != "_"}
    assert methods == {*WRONG, *SILENT}
    answering = {name for name in methods if answer_reader(Importer, name)}
    assert answering == set(WRONG)


@pytest.mark.parametrize(
    ("method", "body"), [(name, body) for name, bodies in WRONG.items() for body in bodies]
)
def test_an_importer_that_answers_otherwise_is_refused_by_its_plugins_name(
    method: str, body: str
) -> None:
    class Wrong(Importer):
        pass

    scope: dict[str, Any] = {}
    exec(f"def {method}({GIVEN.get(method, 'self, rows')}):\n    {body}\n", scope)  # noqa: S102
    row = Row(1, (), {}, {})
    arguments = {
        "self, columns": ({},),
        "self": (),
        "self, row, first": (row, row),
        "self, name, text": ("name", "A"),
    }
    given = arguments.get(GIVEN.get(method, ""), ([row],))
    if method == "said":
        given = (1,)
    read = answer_reader(Importer, method)
    assert read is not None
    with pytest.raises(TypeError):
        list(read(scope[method](Wrong, *given)))


def test_a_wrong_answer_of_an_importer_names_its_plugin(write: Write, cli: Cli) -> None:
    for number, (method, body) in enumerate(
        [("check", "yield 5"), ("finish", "yield 5"), ("further", "return 'yes'")]
    ):
        write("bad", importing(method, body))
        ran = cli("thing", "import", "-", env=ON, typed=ROW)
        assert ran.code == REFUSED, (number, ran)
        assert "The plugin bad failed" in ran.err
        assert f"{method}()" in ran.err
        assert cli("thing", "list", "--json", env=ON).json == []


def test_a_wrong_answer_of_a_service_names_its_plugin(write: Write, cli: Cli) -> None:
    on = {"OFFICEOPS_PLUGINS": "inventory,vendors"}
    for line in (
        ("vendor", "add", "--name", "Acme"),
        ("item", "add", "--sku", "I", "--name", "I", "--reorder-point", "2", "--order-up-to", "4"),
        ("terms", "add", "--item", "I", "--vendor", "Acme", "--price", "1.00"),
    ):
        assert cli(*line, env=on).code == 0
    for answer in (
        "5",
        "{1: 'Acme'}",
        "{'one': None}",
        "{1: VendorFacts(1, 5, 'active', *[None] * 4, 'phone', None)}",
    ):
        code = (
            "from officeops.services import VendorDirectory, VendorFacts\n\n"
            f"class Vendors:\n    def vendors(self, office):\n        return {answer}\n\n"
            "@hookimpl\ndef services():\n    return {VendorDirectory: Vendors()}\n"
        )
        write("bad", code)
        ran = cli("reorder", "--json", env={"OFFICEOPS_PLUGINS": "bad,inventory"})
        assert "officeops itself" not in ran.err, ran
        assert ran.code in {0, REFUSED}
        assert ran.code == 0 or "The plugin bad failed" in ran.err


def test_every_service_declares_the_type_of_its_answers() -> None:
    protocols = [
        value for value in vars(services).values() if getattr(value, "_is_protocol", False)
    ]
    named = [value for value in protocols if value.__module__ == services.__name__]
    assert named
    for protocol in named:
        for name in vars(protocol):
            if name.startswith("_") or answers_nothing(protocol, name):
                continue
            assert answer_reader(protocol, name) is not None, (protocol, name)


def answers_nothing(protocol: type, method: str) -> bool:
    """Whether a method is declared to answer nothing, as it is called for what it does."""
    declared: dict[str, object] = getattr(protocol, method).__annotations__
    return declared.get("return", "") == "None"


def test_a_good_answer_stays_as_it_is_and_a_reason_keeps_its_code() -> None:
    read = answer_reader(Importer, "check")
    assert read is not None
    row, why = Row(1, (), {}, {}), Reason("one\ntwo", code="taken")
    [(same, field, reason)] = read([(row, "name", why)])
    assert same is row
    assert (field, reason, reason.code) == ("name", "one two", "taken")
