"""Troubles are noted once each, and an author's own errors are raised."""

from __future__ import annotations

import pytest

from officeops.plugins.manifest import Trouble
from officeops.plugins.troubles import Trial, Troubles


def test_the_same_trouble_is_noted_once() -> None:
    troubles = Troubles(strict=False)
    for _ in range(2):
        with troubles.noting("keys", "due", "due"):
            raise ValueError("no key")
    assert [str(trouble) for trouble in troubles.all] == ["keys: due: ValueError: no key"]
    assert troubles.why("keys") == "due: ValueError: no key"
    assert troubles.why("vendors") == ""


def test_an_author_sees_the_error_itself() -> None:
    troubles = Troubles(strict=True)
    with pytest.raises(ValueError, match="no key"), troubles.noting("keys", "due"):
        raise ValueError("no key")
    assert troubles.all == []


def test_a_trial_hands_the_error_to_the_one_who_refuses_with_the_place_as_it_is_then() -> None:
    refused: list[Trouble] = []

    def refuse(
        plugin: str,
        where: str,
        why: str,
        *_: str,
    ) -> None:
        refused.append(Trouble(plugin, where, why))

    with Trial(Troubles(strict=False), refuse, "keys", "import") as trial:
        trial.where = "records"
        raise SystemExit(0)
    [trouble] = refused
    assert (trouble.plugin, trouble.where) == ("keys", "records")
