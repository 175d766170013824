"""Every public name is on the page of public names, with what it is for."""

from __future__ import annotations

from importlib import import_module

import pytest
from tests.docs import public_names

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
