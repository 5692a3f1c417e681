"""Who signed a submission: read from the unit's history, and proven here again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.domain import fields, records, wire
from sync import protocol, signoff
from sync.protocol import Malformed
from sync.server.models import Op, Submission

TITLES = {"chair": "Chủ tịch", "accountant": "Kế toán", "cashier": "Thủ quỹ"}


@dataclass(frozen=True)
class Given:
    """One signature: as what, by whom, on which day by their PC; `true` of this very version.

    `fingerprint` is the key's; `earlier` how many keys the same person had before it (each wants a word of theirs).
    """

    title: str
    name: str
    day: date | None
    true: bool
    fingerprint: str
    earlier: int


def of(submission: Submission) -> list[Given]:
    """The signatures under a submission, the first first."""
    keys = _told(submission, records.SigningKey)
    found = []
    for sign_off in _told(submission, records.SignOff).values():
        key = keys.get(sign_off.key)
        if sign_off.submission != str(submission.pk) or key is None:
            continue
        signed = signoff.Signed(
            submission.unit.code, str(submission.pk), submission.form, submission.period, submission.version,
            submission.digest, key.who, key.name,
        )  # fmt: skip
        same = [other for other in keys.values() if (other.who, other.name) == (key.who, key.name)]
        found.append(Given(
            TITLES.get(key.who, key.who), key.name, sign_off.day,
            submission.digest_ok and signoff.is_true(key.public, sign_off.signature, signed),
            signoff.fingerprint(key.public), sum(other.id < key.id for other in same),
        ))  # fmt: skip
    return found


def _told(submission: Submission, kind: type[fields.T]) -> dict[str, fields.T]:
    """The records of a kind in the unit's history, as their first entry tells them: their fields are fixed."""
    name = fields.entity_of(kind).name
    found: dict[str, fields.T] = {}
    ops = Op.objects.filter(unit=submission.unit_id, entity=name).order_by("seq").select_related("device")
    for op in ops:
        try:
            told = protocol.decode(op.device.device, bytes(op.raw))
            if told.kind == "set" and told.record not in found:
                found[told.record] = wire.from_wire(kind, told.record, told.fields or {})
        except (Malformed, ValueError, TypeError):
            continue
    return found
