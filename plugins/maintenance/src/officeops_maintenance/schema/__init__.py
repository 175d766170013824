"""The migrations of maintenance's tables, oldest first, each in a module of its own."""

from __future__ import annotations

# `plugins migration` appends to this module, and what it writes uses this name.
from officeops import Migration  # noqa: TC001
from officeops_maintenance.schema import (
    asset_tag,
    borrowed,
    calibration,
    call_back,
    certified_by,
    contracts,
    excursion_span,
    known_results,
    known_returns,
    label_days,
    laboratory,
    loaner,
    plan_since,
    plans,
    readings,
    recalls,
    release_proofs,
    response,
    return_demand,
    return_proofs,
    start,
    sterilizers,
    waste,
)

MIGRATIONS: list[Migration] = [
    start.MIGRATION,
    call_back.MIGRATION,
    plans.MIGRATION,
    readings.MIGRATION,
    asset_tag.MIGRATION,
    contracts.MIGRATION,
    recalls.MIGRATION,
    borrowed.MIGRATION,
    loaner.MIGRATION,
    response.MIGRATION,
    calibration.MIGRATION,
    laboratory.MIGRATION,
    sterilizers.MIGRATION,
    waste.MIGRATION,
    return_proofs.MIGRATION,
    plan_since.MIGRATION,
    label_days.MIGRATION,
    release_proofs.MIGRATION,
    excursion_span.MIGRATION,
    return_demand.MIGRATION,
    certified_by.MIGRATION,
    certified_by.RENAMED,
    known_returns.MIGRATION,
    known_results.MIGRATION,
]
