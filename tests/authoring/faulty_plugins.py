"""For each check of a plugin, one that fails exactly it, and the sentence that it gets."""

from __future__ import annotations

from typing import Final

from tests.authoring import faulty_records, faulty_sources, faulty_verbs

#: The words of PLUGIN, for the checks of the manifest.
WORDS: Final = {
    "interface": "api=1, ",
    "requires": 'requires=("nowhere",)',
    "bridge": 'bridges={"vendors": "keys_with_vendors"}',
    "hook-of-another": 'after=("inventory",)',
    "reference-record": 'after=("nowhere",)',
}
#: By check: the code after PLUGIN, and how its sentence begins.
FAULTS: Final = {**faulty_sources.FAULTS, **faulty_records.FAULTS, **faulty_verbs.FAULTS}
#: Packages, which alone can fail these: the files beside a root, and how the sentence goes on.
PACKAGES: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "typed": ((), "it has no file py.typed, so type checkers take all of it for Any"),
    "hook-file": (
        ("py.typed", "records.py"),
        "once imported, its file records.py hides its hook records(); rename it",
    ),
    "installed": (
        ("py.typed",),
        'officeops does not find it; write [project.entry-points."officeops.plugins"] installed = "officeops_installed"',
    ),
}
