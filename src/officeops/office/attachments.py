"""Attachments of an open office: files go in by `attach`, and come out by `content`.

A file is read, measured and hashed before the office's gate is taken, and hashed again while it is
written. Its bytes are kept once; the history has their digest alone.
"""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from officeops.core.attachment_record import SEALED, Attachment
from officeops.model.about import Subject
from officeops.model.errors import Broken, Forbidden, UsageProblem
from officeops.model.records import Record
from officeops.office.attachment_settings import AttachmentSettings
from officeops.office.scope_check import not_there
from officeops.office.upload import Upload
from officeops.plugins.blame import Blame
from officeops.store import blobs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.fields import Field
    from officeops.office.upload import Source
    from officeops.sealing.sealing_office import SealingOffice

VERB: Final = "core.attachment.add"
#: The digest of the attachment that an action added.
_ATTACHED: Final = (
    "SELECT a.sha256 FROM core_change c JOIN core_attachment a ON a.id = c.record_id "
    "WHERE c.action_id = ? AND c.record = ?"
)
#: The verb of opening a sealed file, which the history records.
READING: Final = "core.attachment.content.reveal"


def attach(
    office: SealingOffice,
    record: Record,
    source: Source,
    *,
    name: str = "",
    sealed: bool | None = None,
    as_field: str = "",
    request: str | None = None,
) -> Attachment:
    """Attach a file to a record; inside an action as a part of it, else as an action of its own.

    `sealed` encrypts the bytes and the name; without it a file is sealed where the record's kind
    has sealed fields. `as_field` names a reference of the record to a file, which leads to it then.
    Raises Refused for a file that cannot be taken, Forbidden and NotFound as for
    the record, and Already for a `request` that attached it before.
    """
    meta = record.meta
    # Papers of a kind that keeps secrets are most often secret too.
    is_sealed = bool(meta.sealed) if sealed is None else sealed
    _must_reach(office, record)
    largest = office.machine.table("attachments", AttachmentSettings).largest << 20
    with closing(Upload(source, name, largest)) as upload:
        # Code of an action: its own permission covers the file, as it does any record that it adds.
        if office.store.action_id is not None:
            attachment = _attached(office, record, upload, is_sealed=is_sealed)
            _refer(office, record, as_field, attachment)
            return attachment
        if is_sealed and not office.may(f"{SEALED}.edit"):
            raise Forbidden(
                f"{office.actor} may not attach a sealed file ({SEALED}.edit). `--not-sealed` "
                "attaches it for all who see the record; a manager can grant a role that may."
            )
        if as_field:
            office.allow(f"{meta.key}.edit")
        arguments = _arguments(record, upload, as_field, is_sealed=is_sealed)
        office.once(
            request,
            VERB,
            lambda action, given: (
                given == arguments
                and (not is_sealed or _has_attached(office, action, meta.key, upload))
            ),
        )
        with office.acting(VERB, arguments, request=request) as outcome:
            attachment = _attached(office, record, upload, is_sealed=is_sealed)
            _refer(office, record, as_field, attachment)
            if type(record).attached is not Record.attached:
                with Blame(meta.plugin, f"attached() of the record {meta.key}"):
                    office.remarks += record.attached(office)
            outcome.append(attachment.human_key)
        return attachment


def _must_reach(office: SealingOffice, record: Record) -> None:
    office.allow_view(type(record))
    if not office.in_reach(type(record), record.id):
        raise not_there(record.meta, record.id)


def _refer(
    office: SealingOffice,
    record: Record,
    name: str,
    attachment: Attachment,
) -> None:
    """Let a reference of the record lead to an attachment. Raises UsageProblem for no such field."""
    if not name:
        return
    field = record.meta.field(name.replace("-", "_"))
    if field is None or field.target != Attachment.meta.key:
        names = [known.public_name for known in record.meta.fields if _takes_file(known)]
        known = f"They have {', '.join(names)}." if names else "They have none."
        raise UsageProblem(
            f"{record.meta.plural} have no file called {name!r}. {known}", code="unknown-field"
        )
    changes: dict[str, Any] = {field.name: attachment.id}
    office.edit(record, **changes)


def _takes_file(field: Field) -> bool:
    return field.target == Attachment.meta.key


def _arguments(
    record: Record,
    upload: Upload,
    as_field: str,
    *,
    is_sealed: bool,
) -> Mapping[str, object]:
    """Return what the history keeps of the request: of a sealed file neither name nor digest."""
    about: dict[str, object] = {"of": [f"{record.meta.key}:{record.id}"]}
    if as_field:
        about["as"] = as_field
    if is_sealed:
        return {**about, "sealed": True}
    return {**about, "name": upload.name, "sha256": upload.sha256}


def _has_attached(
    office: SealingOffice,
    action: int,
    kind: str,
    upload: Upload,
) -> bool:
    """Whether an earlier action attached these bytes sealed.

    Its arguments cannot say so, since they have no digest of a sealed file.
    """
    from officeops.sealing.sealed_blob import addresses

    address = office.value(_ATTACHED, action, Attachment.meta.table)
    return address in addresses(office.seals.ring.keys, kind, upload.content())


def _attached(
    office: SealingOffice,
    record: Record,
    upload: Upload,
    *,
    is_sealed: bool,
) -> Attachment:
    """Write the bytes, unless they are there, and the attachment. Inside an action."""
    # Read again inside the gate: a file that grew since it was measured is refused here.
    content = upload.content()
    keep = _keep_sealed if is_sealed else _keep_open
    address = keep(office, record.meta.key, upload, content)
    about: Any = Subject(record.meta.key, record.id)
    attachment = Attachment(
        about=about,
        name=None if is_sealed else upload.name,
        sealed_name=upload.name if is_sealed else None,
        type=upload.type,
        size=upload.size,
        sha256=address,
    )
    return office.add(attachment)


def _keep_open(
    office: SealingOffice,
    _kind: str,
    upload: Upload,
    content: bytes,
) -> str:
    db = office.store.db
    with office.lifted():
        kept = blobs.get(db, upload.sha256)
        if kept is None:
            blobs.put(db, upload.sha256, upload.size, content)
        # The good bytes would be lost, as the digest has others already.
        elif kept != content:
            raise _altered()
    return upload.sha256


def _keep_sealed(
    office: SealingOffice,
    kind: str,
    upload: Upload,
    content: bytes,
) -> str:
    from officeops.sealing.sealed_blob import addresses, open_bytes, seal_bytes

    key = office.seals.key_to_write()
    keys, db = office.seals.ring.keys, office.store.db
    # The same file may have been attached before a rotation, under the digest of a former key.
    candidates = addresses(keys, kind, content)
    with office.lifted():
        address = blobs.present(db, candidates)
        if not address:
            blobs.put(db, candidates[0], upload.size, seal_bytes(key, candidates[0], content))
            return candidates[0]
        if open_bytes(keys, address, blobs.get(db, address) or b"") != content:
            raise _altered()
    return address


def content(office: SealingOffice, attachment: Attachment) -> BinaryIO:
    """Open the bytes of an attachment, as they were attached.

    Reading a sealed file is recorded first, unless code of an open action reads it. Raises NotFound
    where the person may not see the record that it is about, Forbidden for a sealed file that they
    may not open, and Broken where the bytes are gone or were altered.
    """
    office.allow_view(Attachment)
    if not office.in_reach(Attachment, attachment.id):
        raise not_there(Attachment.meta, attachment.id)
    current = office.get(Attachment, attachment.id)
    if current.is_sealed and office.store.action_id is None:
        subject = {"of": [f"{Attachment.meta.key}:{current.id}"]}
        # Recorded and committed first: nobody reads and leaves no trace by a failure in between.
        with office.acting(READING, subject, needs=f"{SEALED}.view"):
            pass
    return io.BytesIO(_opened(office, current))


def _opened(office: SealingOffice, attachment: Attachment) -> bytes:
    from hashlib import sha256

    address = attachment.sha256
    with office.lifted():
        kept = blobs.get(office.store.db, address)
    if kept is None:
        raise Broken(f"The bytes of attachment {attachment.id} are not in the office's file.")
    if attachment.is_sealed:
        from officeops.sealing.seal import Altered
        from officeops.sealing.sealed_blob import open_bytes

        try:
            return open_bytes(office.seals.ring.keys, address, kept)
        except Altered:
            raise _altered() from None
    # Altered bytes are never given out: a form or an invoice would be taken for the right one.
    if sha256(kept).hexdigest() != address:
        raise _altered()
    return kept


def _altered() -> Broken:
    return Broken(
        "The bytes of this file were altered in the office's file: `officeops history verify` names "
        "its attachments; restore them from a backup."
    )
