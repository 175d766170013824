"""Every public name is on the page of public names, with what it is for."""

from __future__ import annotations

import inspect
import pydoc
import re
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from tests.docs import public_names

import officeops
from officeops.authoring.check_source import PUBLIC


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_name_says_what_it_is_for(module: str) -> None:
    face = import_module(module)
    offered = public_names.names(face)
    assert offered
    silent = [name for name in offered if not public_names.purpose(face, name)]
    assert not silent


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    for module in PUBLIC:
        assert not hasattr(import_module(module), "no_such_name")


#: Public names that are plain values: `help()` has no text of a constant of Python's own.
CONSTANTS = {"DEFAULT_LOCATION", "OPTIONAL", "REQUIRED"}
#: You are given one of these, or write its words; their own text says which.
NOT_CALLED = {"Office": "You never make one", "ProofStatus": "four words", "Severity": "four words"}
#: Marks that share the signature of their kind: stamps of a transition, and pluggy's own.
MARKS = {"ACTOR", "NOW", "TODAY", "WITNESS", "hookimpl", "hookspec"}


@pytest.mark.parametrize("name", sorted(set(officeops.__all__) - CONSTANTS))
def test_help_has_the_name_its_signature_and_a_text(name: str) -> None:
    thing = getattr(officeops, name)
    shown = pydoc.plain(pydoc.render_doc(thing))
    assert (inspect.getdoc(thing) or "").split("\n")[0] in shown
    assert inspect.getdoc(thing)
    if name in NOT_CALLED:
        assert NOT_CALLED[name] in shown
        return
    parameters = inspect.signature(thing).parameters
    assert not {"args", "kwargs"} <= set(parameters), f"{name}{inspect.signature(thing)}"
    assert name in shown.partition("\n")[0] or name in MARKS


def sets_of_words() -> dict[str, tuple[str, ...]]:
    """The sets of words that sources of officeops name, also those that no code imports."""
    named = {}
    for path in Path(officeops.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name, words in re.findall(
            r"^ *(\w+)(?:: TypeAlias)? = Literal\[([^\]]*)\]", text, re.MULTILINE
        ):
            named[f"{path.stem}.{name}"] = tuple(re.findall(r'"(\w[^"]*)"', words))
    return named


def test_a_name_of_a_few_words_and_a_parameter_that_takes_them_list_the_words() -> None:
    sets = sets_of_words()
    for module in PUBLIC:
        face = import_module(module)
        for name in public_names.names(face):
            value, text = getattr(face, name), public_names.entry(face, name)
            for word in filter(None, get_args(value) if get_origin(value) is Literal else ()):
                assert f"`{word}`" in text, (name, word)
            # The reference of fields has the choices of a record.
            is_record = inspect.isclass(value) and issubclass(value, officeops.Record)
            if is_record or not (inspect.isclass(value) or inspect.isfunction(value)):
                continue
            # A parameter that is a text, or the name of a column, has its words in the docstring.
            for parameter in inspect.signature(value).parameters.values():
                if str(parameter.annotation) != "str" or not parameter.default:
                    continue
                fitting = [words for words in sets.values() if parameter.default in words]
                whole = f"{inspect.getdoc(value)}"
                listed = [all(f"`{word}`" in whole for word in words) for words in fitting]
                assert any(listed) or not fitting, (name, parameter.name)
