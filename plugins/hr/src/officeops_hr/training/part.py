"""The part of the plugin for training."""

from __future__ import annotations

from officeops_hr.part import Part


class TrainingPart(Part):
    """Training, competence and policies."""
