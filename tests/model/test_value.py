# No `from __future__ import annotations` here: annotations are types, as in a module of an author who does without.
"""Value: a small immutable thing, declared like a dataclass."""

import inspect
from typing import ClassVar

import pytest

import officeops
from officeops import Action, Due, Location, Plugin
from officeops.model.immutable import GENERATE_AT, Value


class Shelf(Value):
    """Where things are."""

    name: str
    boards: int = 4
    limit: ClassVar[int] = 9


class Fridge(Shelf):
    """A cold shelf."""

    degrees: float = 5.0


def test_annotations_that_are_types_are_read() -> None:
    assert Fridge("Vaccines").degrees == 5.0
    assert Fridge("Vaccines", 2, degrees=4.0) == Fridge("Vaccines", 2).replace(degrees=4.0)


def test_a_class_variable_is_not_an_attribute_of_each() -> None:
    with pytest.raises(TypeError, match="limit"):
        Shelf("A", limit=3)  # type: ignore[call-arg]


def test_help_shows_the_real_signature() -> None:
    assert str(inspect.signature(Fridge)) == "(name: str, boards: int = 4, degrees: float = 5.0)"


def test_a_class_that_creates_many_values_behaves_as_before() -> None:
    class Bin(Value):
        own: str
        size: int = 3

    class Drawer(Bin):
        lock: bool = False

    class Box(Bin):
        lid: str  # type: ignore[misc]

    def behavior() -> tuple[object, ...]:
        with pytest.raises(TypeError):
            Bin(size=2)  # type: ignore[call-arg]
        with pytest.raises(TypeError):
            Bin("a", 2, 3)  # type: ignore[call-arg]
        return (
            repr(Bin("a")),
            repr(Bin(size=2, own="a").replace(size=1)),
            repr(Drawer("a", lock=True)),
            repr(Box(own="a", lid="b")),
            hash(Drawer("a", 3)) == hash(Drawer(lock=False, size=3, own="a")),
            str(inspect.signature(Drawer)),
        )

    first = behavior()
    for cls in (Bin, Drawer):
        for _ in range(GENERATE_AT):
            cls("a")
    for _ in range(GENERATE_AT):
        Box(own="a", lid="b")
    assert behavior() == first

    class Shelving(Bin):
        boards: int = 4

    assert Shelving("a", boards=2).as_dict() == {"own": "a", "size": 3, "boards": 2}


@pytest.mark.parametrize("public", [Plugin, Action, Due])
def test_public_classes_show_what_they_take(public: type) -> None:
    parameters = inspect.signature(public).parameters.values()
    assert parameters
    assert not [
        taken for taken in parameters if taken.kind in {taken.VAR_POSITIONAL, taken.VAR_KEYWORD}
    ]


def test_equal_values_are_one_in_a_set_and_show_what_they_hold() -> None:
    assert {Shelf("A"), Shelf("A", 4)} == {Shelf("A")}
    assert (
        hash(Fridge("A", 4, 5.0))
        == hash(Fridge(degrees=5.0, boards=4, name="A"))
        == hash(Fridge("A"))
    )
    assert list(Fridge(degrees=4.0, name="A").as_dict()) == ["name", "boards", "degrees"]
    assert repr(Fridge("A")) == "Fridge(name='A', boards=4, degrees=5.0)"
    with pytest.raises(AttributeError, match="replace"):
        Shelf("A").name = "B"  # type: ignore[misc]


def test_a_record_shows_its_fields() -> None:
    parameters = inspect.signature(Location).parameters
    assert list(parameters) == [stored.name for stored in Location.meta.fields]
    assert parameters["name"].default is inspect.Parameter.empty


def test_help_works_on_every_public_name() -> None:
    for name in officeops.__all__:
        public = getattr(officeops, name)
        # A Protocol is never made; an annotation of it is all that a plugin needs.
        is_made = (
            isinstance(public, type)
            and not issubclass(public, str)
            and not getattr(public, "_is_protocol", False)
        )
        if is_made:
            assert "kwargs" not in str(inspect.signature(public)), name
