"""What the history, undo and receipts call an action reads as English for every action of every plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.action_words import name_in_words

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory


def test_one_verb_goes_before_its_record_and_words_about_it_after(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors", "maintenance", "hr")
    words = {}
    for record in office.records.values():
        for action in office.actions(record):
            words[action.name] = name_in_words(office, action.name)
    assert words["hr.policy.acknowledge"] == "policy: I have read it"
    assert words["hr.credential.not-required"] == "credential: not required"
    assert words["inventory.lot.release"] == "release lot"
    for name, sentence in words.items():
        if ": " in sentence:
            continue
        noun = office.record(name.rpartition(".")[0]).meta.one
        verb = sentence.removesuffix(f" {noun}")
        # "Add key user" and "came visit" are no English.
        assert " " not in verb or verb.split()[1] in {"back", "out", "up", "short"}, (
            name,
            sentence,
        )
        first = sentence.partition(" ")[0]
        assert first not in {"came", "done", "told", "wait", "away", "back"}, (name, sentence)
        assert first not in {"not", "i", "is", "a", "the"}, (name, sentence)
        assert not first.endswith("ed"), (name, sentence)
