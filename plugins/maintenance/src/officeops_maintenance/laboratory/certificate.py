"""The practice's CLIA certificate, and which tests are within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value, folded

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.laboratory.lab_test import LabTest

#: The words on a certificate, and the complexities that it covers (42 CFR 493.5, 493.15, 493.19).
_COVERS: Final = {
    "waiver": {"waived"},
    "microscopy": {"waived", "ppm"},
    "ppm": {"waived", "ppm"},
    "compliance": {"waived", "ppm", "moderate", "high"},
    "accreditation": {"waived", "ppm", "moderate", "high"},
    "registration": {"waived", "ppm", "moderate", "high"},
}
_OF_CLIA: Final = "type_id IN (SELECT id FROM core_document_type WHERE proof = 'clia-certificate')"


class Certificate(Value):
    """A CLIA certificate and the complexities that it covers; none where its name does not say."""

    document_id: int
    name: str
    covers: frozenset[str]

    def is_within(self, test: LabTest) -> bool | None:
        """Tell whether a test is within it; None where either is not known."""
        # Unknown is neither within nor beyond, and no page says that all is well.
        if not self.covers or test.complexity is None:
            return None
        return test.complexity in self.covers


def certificate_of(office: Office) -> Certificate | None:
    """Return the certificate in force; None where the office keeps none among its documents."""
    kind = office.record("core.practice-document")
    for document in kind.in_force(office, _OF_CLIA):  # type: ignore[attr-defined]
        covers: frozenset[str] = frozenset()
        # The certificate prints its kind as its title, so the office's own name for it has the word.
        words = folded(document.name).split()
        for word, complexities in _COVERS.items():
            if word in words:
                covers = frozenset(complexities)
        return Certificate(document.id, document.name, covers)
    return None
