"""officeops: office operations for medical practices, in a terminal.

These are the public names that plugins use. Each loads on first use, so that a
command pays only for the ones it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.lazy_names import lazy_names

if TYPE_CHECKING:
    from officeops.core.attachment_record import Attachment
    from officeops.core.checklist_records import Checklist, ChecklistItem
    from officeops.core.default_location import default_location
    from officeops.core.default_location_rule import DEFAULT_LOCATION
    from officeops.core.note_record import Note
    from officeops.core.records import Location
    from officeops.core.tag_record import Tag
    from officeops.core.task_record import Task
    from officeops.model.about import About, Subject
    from officeops.model.actions import Action, Consent, Outcome, action, param
    from officeops.model.change import Change
    from officeops.model.children import Child
    from officeops.model.dataset import Dataset
    from officeops.model.date_order import DateOrder
    from officeops.model.declarations import (
        Command,
        Format,
        Job,
        LeftOut,
        Part,
        Permission,
        Query,
        Report,
        Role,
        Screen,
        View,
        job,
        named,
        report,
    )
    from officeops.model.documents.document_type import DocumentType
    from officeops.model.documents.expiring_document import ExpiringDocument
    from officeops.model.documents.required_document import RequiredDocument
    from officeops.model.documents.status import DocumentStatus, ExpiryRules
    from officeops.model.due import Due, Severity
    from officeops.model.duplicate import Duplicate
    from officeops.model.entry_sheet import (
        EntrySheet,
        SheetColumn,
        SheetRow,
        SheetTotal,
        Typed,
        sheet_column,
    )
    from officeops.model.errors import (
        Already,
        Busy,
        Conflict,
        Forbidden,
        NotFound,
        OfficeError,
        Problem,
        Reason,
        Refused,
        UsageProblem,
        reason_of,
    )
    from officeops.model.expiry import Expiry
    from officeops.model.failure import Failure
    from officeops.model.fields import Field, choice, computed, field, file, ref
    from officeops.model.frozen import Frozen
    from officeops.model.huddle import HuddleLine
    from officeops.model.immutable import Value
    from officeops.model.kinds.kind import Kind
    from officeops.model.kinds.text import Text
    from officeops.model.ledger import Counts, Ledger, Lots
    from officeops.model.lifecycle import Lifecycle
    from officeops.model.lifecycle.transition import (
        ACTOR,
        NOW,
        OPTIONAL,
        REQUIRED,
        TODAY,
        WITNESS,
        Transition,
    )
    from officeops.model.office import Office
    from officeops.model.page import PageLine, PageSection
    from officeops.model.promise import Promise
    from officeops.model.proof import Proof, ProofStatus
    from officeops.model.records import Record
    from officeops.model.retention import Retention
    from officeops.model.schedule import Schedule
    from officeops.model.schedule.settling import Settling
    from officeops.model.scope import Scope
    from officeops.model.settings_table import Settings, setting
    from officeops.model.sql_values import id_list
    from officeops.model.text_folding import folded
    from officeops.model.upheld import Upheld
    from officeops.office.merge_steps import differing_fields
    from officeops.plugins.declared_types import fitted
    from officeops.plugins.hookspecs import hookimpl, hookspec
    from officeops.plugins.manifest import Plugin
    from officeops.store.migration import (
        Migration,
        drop_field,
        rename_choice,
        rename_field,
        rename_record,
    )
    from officeops.values.meter import Reading
    from officeops.values.pauses import Pause
    from officeops.values.scanned.item_numbers import item_number
    from officeops.values.scanned.readings import scan_readings, scanned_code
    from officeops.values.scanned.scanned_code import ScannedCode

_HOME = {
    "Attachment": "core.attachment_record",
    "Checklist": "core.checklist_records",
    "ChecklistItem": "core.checklist_records",
    "Note": "core.note_record",
    "Tag": "core.tag_record",
    "reason_of": "model.errors",
    "named": "model.declarations",
    "item_number": "values.scanned.item_numbers",
    "scan_readings": "values.scanned.readings",
    "scanned_code": "values.scanned.readings",
    "id_list": "model.sql_values",
    "fitted": "plugins.declared_types",
    "differing_fields": "office.merge_steps",
    "default_location": "core.default_location",
    "DEFAULT_LOCATION": "core.default_location_rule",
    "ACTOR": "model.lifecycle.transition",
    "WITNESS": "model.lifecycle.transition",
    "About": "model.about",
    "Action": "model.actions",
    "Already": "model.errors",
    "Busy": "model.errors",
    "Change": "model.change",
    "Child": "model.children",
    "Command": "model.declarations",
    "Conflict": "model.errors",
    "Consent": "model.actions",
    "Counts": "model.ledger",
    "Dataset": "model.dataset",
    "DocumentStatus": "model.documents.status",
    "DocumentType": "model.documents.document_type",
    "ExpiringDocument": "model.documents.expiring_document",
    "ExpiryRules": "model.documents.status",
    "RequiredDocument": "model.documents.required_document",
    "Due": "model.due",
    "Duplicate": "model.duplicate",
    "EntrySheet": "model.entry_sheet",
    "Expiry": "model.expiry",
    "Failure": "model.failure",
    "HuddleLine": "model.huddle",
    "Field": "model.fields",
    "Forbidden": "model.errors",
    "Format": "model.declarations",
    "DateOrder": "model.date_order",
    "Frozen": "model.frozen",
    "Job": "model.declarations",
    "Ledger": "model.ledger",
    "Kind": "model.kinds.kind",
    "Text": "model.kinds.text",
    "LeftOut": "model.declarations",
    "Lifecycle": "model.lifecycle",
    "Location": "core.records",
    "Lots": "model.ledger",
    "Migration": "store.migration",
    "NOW": "model.lifecycle.transition",
    "NotFound": "model.errors",
    "OPTIONAL": "model.lifecycle.transition",
    "Office": "model.office",
    "OfficeError": "model.errors",
    "Outcome": "model.actions",
    "PageLine": "model.page",
    "PageSection": "model.page",
    "Part": "model.declarations",
    "Permission": "model.declarations",
    "Plugin": "plugins.manifest",
    "Problem": "model.errors",
    "Promise": "model.promise",
    "Proof": "model.proof",
    "ProofStatus": "model.proof",
    "Reason": "model.errors",
    "Query": "model.declarations",
    "Pause": "values.pauses",
    "Reading": "values.meter",
    "REQUIRED": "model.lifecycle.transition",
    "Record": "model.records",
    "Refused": "model.errors",
    "Report": "model.declarations",
    "Retention": "model.retention",
    "Role": "model.declarations",
    "Schedule": "model.schedule",
    "Scope": "model.scope",
    "Task": "core.task_record",
    "Screen": "model.declarations",
    "Settings": "model.settings_table",
    "ScannedCode": "values.scanned.scanned_code",
    "Settling": "model.schedule.settling",
    "Severity": "model.due",
    "SheetColumn": "model.entry_sheet",
    "SheetRow": "model.entry_sheet",
    "SheetTotal": "model.entry_sheet",
    "sheet_column": "model.entry_sheet",
    "Typed": "model.entry_sheet",
    "TODAY": "model.lifecycle.transition",
    "Transition": "model.lifecycle.transition",
    "Upheld": "model.upheld",
    "Subject": "model.about",
    "UsageProblem": "model.errors",
    "Value": "model.immutable",
    "View": "model.declarations",
    "action": "model.actions",
    "choice": "model.fields",
    "computed": "model.fields",
    "drop_field": "store.migration",
    "field": "model.fields",
    "file": "model.fields",
    "folded": "model.text_folding",
    "hookimpl": "plugins.hookspecs",
    "hookspec": "plugins.hookspecs",
    "job": "model.declarations",
    "param": "model.actions",
    "ref": "model.fields",
    "rename_choice": "store.migration",
    "rename_field": "store.migration",
    "rename_record": "store.migration",
    "report": "model.declarations",
    "setting": "model.settings_table",
}

__version__ = "0.2.0.dev0"
__all__ = [
    "ACTOR",
    "DEFAULT_LOCATION",
    "NOW",
    "OPTIONAL",
    "REQUIRED",
    "TODAY",
    "WITNESS",
    "About",
    "Action",
    "Already",
    "Attachment",
    "Busy",
    "Change",
    "Checklist",
    "ChecklistItem",
    "Child",
    "Command",
    "Conflict",
    "Consent",
    "Counts",
    "Dataset",
    "DateOrder",
    "DocumentStatus",
    "DocumentType",
    "Due",
    "Duplicate",
    "EntrySheet",
    "ExpiringDocument",
    "Expiry",
    "ExpiryRules",
    "Failure",
    "Field",
    "Forbidden",
    "Format",
    "Frozen",
    "HuddleLine",
    "Job",
    "Kind",
    "Ledger",
    "LeftOut",
    "Lifecycle",
    "Location",
    "Lots",
    "Migration",
    "NotFound",
    "Note",
    "Office",
    "OfficeError",
    "Outcome",
    "PageLine",
    "PageSection",
    "Part",
    "Pause",
    "Permission",
    "Plugin",
    "Problem",
    "Promise",
    "Proof",
    "ProofStatus",
    "Query",
    "Reading",
    "Reason",
    "Record",
    "Refused",
    "Report",
    "RequiredDocument",
    "Retention",
    "Role",
    "ScannedCode",
    "Schedule",
    "Scope",
    "Screen",
    "Settings",
    "Settling",
    "Severity",
    "SheetColumn",
    "SheetRow",
    "SheetTotal",
    "Subject",
    "Tag",
    "Task",
    "Text",
    "Transition",
    "Typed",
    "Upheld",
    "UsageProblem",
    "Value",
    "View",
    "action",
    "choice",
    "computed",
    "default_location",
    "differing_fields",
    "drop_field",
    "field",
    "file",
    "fitted",
    "folded",
    "hookimpl",
    "hookspec",
    "id_list",
    "item_number",
    "job",
    "named",
    "param",
    "reason_of",
    "ref",
    "rename_choice",
    "rename_field",
    "rename_record",
    "report",
    "scan_readings",
    "scanned_code",
    "setting",
    "sheet_column",
]


__getattr__ = lazy_names(__name__, _HOME)
