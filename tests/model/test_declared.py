"""What a plugin declares and nobody understands is refused by the name of the field; a plugin that is gone is missed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Optional

import pytest
from tests.plugins.failing_plugins import acting, thing

from officeops import Record, action, param
from officeops.model.errors import PluginFault
from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED
from officeops.model.fields import Field, field
from officeops.model.kinds import KIND_OF_ANNOTATION, KINDS, kind_of
from officeops.model.settings_table import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops import Office
    from officeops.testing import Cli

#: Annotations that stand for no kind, as text and as Python has them where they are worked out.
STRANGE = (
    'Literal["a", "b"]',
    "float | None",
    "list[int] | None",
    "Decimal",
    "object",
    "str | int",
    "dict[str, str]",
    "bytes",
    "Thing",
    "Any",
    float,
    list[int],
    Literal["a", "b"],
    str | int,
    Optional[float],  # noqa: UP045 - as older code has it
)


@pytest.mark.parametrize("annotation", STRANGE)
def test_a_type_that_is_no_kind_is_refused(annotation: object) -> None:
    with pytest.raises(
        TypeError,
        match=r'ratio: .* Write str, int.* ratio_id: int = ref\("steam.sterilizer"\), .*choice\("a", "b"\)',
    ):
        Field().named("ratio", annotation)


def test_a_parameter_has_no_row_by_which_it_may_be_archived() -> None:
    def carry(office: Office, shelf_id: int = param(target="x.shelf", archived="NEW.n < 0")) -> str:
        """Carry it."""
        raise NotImplementedError

    with pytest.raises(PluginFault, match="shelf_id: archived of a parameter is True or False"):
        _ = action("x.carry")(carry).fields


@pytest.mark.parametrize("plain", KIND_OF_ANNOTATION)
@pytest.mark.parametrize(
    "how", ["{}", "{} | None", "{}|None", "None | {}", "Optional[{}]", "typing.Optional[{}]"]
)
def test_every_way_to_write_one_that_is_stands_for_it(plain: str, how: str) -> None:
    assert Field().named("x", how.format(plain)).kind.name == KIND_OF_ANNOTATION[plain]


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (int, "number"),
        (date | None, "date"),
        (Optional[datetime], "instant"),  # noqa: UP045
        (Path, "file"),
        (bool | None, "yes_no"),
    ],
)
def test_so_do_types_that_are_worked_out(annotation: object, kind: str) -> None:
    assert Field().named("x", annotation).kind.name == kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("annotation", [*KIND_OF_ANNOTATION, "float", "list[int]"])
def test_a_kind_that_is_said_has_its_annotation(kind: str, annotation: str) -> None:
    declared = Field(kind)
    if annotation == kind_of(kind).annotation or (kind, annotation) == ("file", "Path"):
        assert declared.named("x", annotation).kind.name == kind
    else:
        with pytest.raises(TypeError, match=f"x: its kind is {kind}, so it is annotated"):
            declared.named("x", annotation)


def test_a_record_keeps_the_path_of_a_file_as_text_and_says_so() -> None:
    with pytest.raises(
        TypeError, match=r'Form.scan: .*annotated str: scan: str = field\(kind="file"'
    ):

        class Form(Record, key="forms.form"):
            """A form."""

            scan: Path | None = field(default=None)

    kind = kind_of("file")
    assert kind.tidied(Path("/x/y.pdf")) == "/x/y.pdf"


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="there is no kind of field 'weight'; the kinds are text"):
        Field("weight")


def test_so_is_a_setting_of_no_type() -> None:
    with pytest.raises(TypeError, match="ratio: Decimal is no type of a setting"):
        type("Odd", (Settings,), {"__annotations__": {"ratio": "Decimal"}, "ratio": 1})


ON = {"OFFICEOPS_PLUGINS": "inventory,vendors,odd"}


def test_a_record_with_one_refuses_its_plugin_by_the_field(
    write: Callable[..., Path], cli: Cli
) -> None:
    write("odd", thing("    ratio: float | None = None\n").replace("bad", "odd"))
    ran = cli("today", env=ON)
    assert ran.code == INCOMPLETE
    assert "plugin odd: import: TypeError: Thing.ratio: float is no type of a field" in ran.err
    assert cli("plugins", "enable", "odd").code == REFUSED


@pytest.mark.parametrize("given", ["ratio: float", "ratio=2", 'ratio: int = param(kind="date")'])
def test_a_parameter_with_one_is_said_when_it_is_turned_on(
    write: Callable[..., Path], cli: Cli, given: str
) -> None:
    write("odd", acting().replace("bad", "odd").replace("thing: Thing", f"thing: Thing, {given}"))
    ran = cli("plugins", "enable", "odd")
    assert ran.code == REFUSED
    assert "the parameters of the action odd.thing.use" in ran.err
    assert "ratio" in ran.err
    ran = cli("thing", "use", "1", env=ON)
    assert ran.code == REFUSED
    assert "The plugin odd failed in the parameters of the action odd.thing.use" in ran.err


# -- gone ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("today", "--check"), ("search", "x"), ("reorder",), ("job",), ("report",)]
)
def test_a_plugin_that_is_gone_is_missed(
    write: Callable[..., Path], cli: Cli, words: tuple[str, ...]
) -> None:
    file = write("fleeting", "")
    assert cli("plugins", "enable", "fleeting").code == DONE
    assert cli(*words).code == DONE
    file.unlink()
    ran = cli(*words)
    assert ran.code == INCOMPLETE, ran
    assert "plugin fleeting: import: it is to be on, but it is not installed" in ran.err
    assert "`officeops plugins disable fleeting`" in ran.err
    assert any(
        row["name"] == "fleeting" and "not installed" in row["status"]
        for row in cli("plugins", "--json").json
    )
    assert cli("--safe", *words).code == DONE
    assert cli("plugins", "enable", "fleeting").code == REFUSED
    assert cli("plugins", "disable", "fleeting").code == DONE
    assert cli(*words).code == DONE
    assert not any(row["name"] == "fleeting" for row in cli("plugins", "--json").json)


def test_so_is_one_that_the_environment_names(cli: Cli) -> None:
    ran = cli("today", env={"OFFICEOPS_PLUGINS": "inventory,vendors,inventry"})
    assert ran.code == INCOMPLETE
    assert "plugin inventry: import: it is to be on, but it is not installed" in ran.err
