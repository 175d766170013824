"""Every public name is on the page of public names, with what it is for."""

from __future__ import annotations

import inspect
import pydoc
from importlib import import_module

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
