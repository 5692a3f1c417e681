"""What the province keeps: units and their devices, every op as it came, and what was made of them.

`Op` is the truth; `Submission` and `Verdict` are projections of ops, made in the transaction that stores the op.
Whoever writes for a unit first locks its `UnionHead` row: units never wait for one another.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.db import models
from django.utils import timezone

RECEIVED, RETURNED, ACCEPTED = "đã tiếp nhận", "trả lại", "đã duyệt"
STATES = (RECEIVED, RETURNED, ACCEPTED)


class Installation(models.Model):
    """One row: which life of the database this is (`epoch`), and the public key it belongs to.

    `published` is the number of the last thing said to all units.
    """

    epoch: models.BigIntegerField[int, int] = models.BigIntegerField(default=1)
    key: models.BinaryField[bytes, bytes] = models.BinaryField()
    published: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)


class Unit(models.Model):
    """A grassroots union. `contact` is when one of its devices last spoke to the server.

    `published` is the last of what is said to all units that stands in this one's history.
    `roster` grows with every change of the list of its PCs: enrolled, revoked, lease moved.
    `leases` is the last number of the posting lease that was given; no number is given twice.
    """

    code: models.CharField[str, str] = models.CharField(max_length=40, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=200)
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    contact: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    published: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    roster: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    leases: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class UnionHead(models.Model):
    """The last sequence number of a unit's ops; the row everyone who writes for the unit locks."""

    unit: models.OneToOneField[Unit, Unit] = models.OneToOneField(Unit, models.PROTECT, primary_key=True)
    seq: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)


class Device(models.Model):
    """A PC of a unit, or (`province`) the server's own pen in that unit's history.

    `key` signs what it sends (`former_key` did before it was changed), `age` is whom packets for it are sealed to.
    `dseq`, `hash`: how much of its chain is held. `lease` is the posting lease it holds, 0 = none. Of a revoked one the
    entries after `revoked_after` count only
    where the staff took them; until then they lie in `HeldOp`. `asleep`: known only by what others brought back to a
    restored server; it says nothing before it is enrolled again by a code. `replaced_by`: the PC that took the
    place of this one, which was revoked thereby. `anchor`: which of the server's keys it was last seen to know.
    """

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.PROTECT, related_name="devices")
    unit_id: int
    device: models.CharField[str, str] = models.CharField(max_length=16, unique=True)
    key: models.BinaryField[bytes, bytes] = models.BinaryField()
    former_key: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    age: models.CharField[str, str] = models.CharField(max_length=100, default="")
    anchor: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    province: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    issued: models.BigIntegerField[int, int] = models.BigIntegerField()
    lease: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    dseq: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    hash: models.BinaryField[bytes, bytes] = models.BinaryField()
    revoked: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    asleep: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    replaced_by: models.ForeignKey[Device | None, Device | None] = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces"
    )
    replaced_by_id: int | None
    revoked_after: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    contact: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)


class EnrolCode(models.Model):
    """A one-time code, kept as its keyed digest. `device` is who used it: it gets the same answer again.

    `lease`: whoever uses it gets the posting lease too, a PC that is enrolled already as well.
    """

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.CASCADE, related_name="codes")
    unit_id: int
    digest: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    made: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    expires: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    tries: models.IntegerField[int, int] = models.IntegerField(default=0)
    lease: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    device: models.ForeignKey[Device | None, Device | None] = models.ForeignKey(Device, models.PROTECT, null=True)
    device_id: int | None


class Op(models.Model):
    """One journal entry of a device, in the exact bytes it was sent; `seq` is its place in the unit's history."""

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.PROTECT, related_name="ops")
    unit_id: int
    seq: models.BigIntegerField[int, int] = models.BigIntegerField()
    device: models.ForeignKey[Device, Device] = models.ForeignKey(Device, models.PROTECT, related_name="ops")
    device_id: int
    dseq: models.BigIntegerField[int, int] = models.BigIntegerField()
    raw: models.BinaryField[bytes, bytes] = models.BinaryField()
    payload: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    hash: models.BinaryField[bytes, bytes] = models.BinaryField()
    entity: models.CharField[str, str] = models.CharField(max_length=40)
    record: models.CharField[str, str] = models.CharField(max_length=36)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "seq"], name="one_op_a_place"),
            models.UniqueConstraint(fields=["device", "dseq"], name="one_op_a_number"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["unit", "entity", "record"], name="op_of_record")]


class HeldOp(models.Model):
    """An entry of a revoked PC that follows those that count: chained, but with no place in the unit's history until
    the staff takes it. `dropped`: the staff decided not to; it stays here.
    """

    device: models.ForeignKey[Device, Device] = models.ForeignKey(Device, models.PROTECT, related_name="held")
    device_id: int
    dseq: models.BigIntegerField[int, int] = models.BigIntegerField()
    raw: models.BinaryField[bytes, bytes] = models.BinaryField()
    payload: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    hash: models.BinaryField[bytes, bytes] = models.BinaryField()
    dropped: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["device", "dseq"], name="one_held_op_a_number"),
        ]


class RefillOp(models.Model):
    """An entry of another device that `sender` brought back to a restored server; it counts when the chain has come to
    a receipt of ours (`refill`).
    """

    sender: models.ForeignKey[Device, Device] = models.ForeignKey(Device, models.CASCADE, related_name="+")
    sender_id: int
    device: models.ForeignKey[Device, Device] = models.ForeignKey(Device, models.CASCADE, related_name="+")
    device_id: int
    dseq: models.BigIntegerField[int, int] = models.BigIntegerField()
    raw: models.BinaryField[bytes, bytes] = models.BinaryField()
    payload: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sender", "device", "dseq"], name="one_refill_op_a_number"),
        ]


class Quarantine(models.Model):
    """An op that is stored and passed on but could not be understood here; looked at again after an upgrade."""

    op: models.OneToOneField[Op, Op] = models.OneToOneField(Op, models.CASCADE, primary_key=True)
    reason: models.CharField[str, str] = models.CharField(max_length=200)


class Blob(models.Model):
    """A content of a file that is whole in the data folder (`sync.server.blobs`)."""

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.PROTECT, related_name="blobs")
    unit_id: int
    sha256: models.CharField[str, str] = models.CharField(max_length=64)
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "sha256"], name="one_content_a_unit"),
        ]


class Part(models.Model):
    """A part of a unit's history by column, from seq `first` to `last`: a file of the data folder
    (`sync.server.snapshots`).
    """

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.CASCADE, related_name="parts")
    unit_id: int
    first: models.BigIntegerField[int, int] = models.BigIntegerField()
    last: models.BigIntegerField[int, int] = models.BigIntegerField()
    size: models.BigIntegerField[int, int] = models.BigIntegerField()
    sha256: models.CharField[str, str] = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit", "first"], name="one_part_a_place"),
        ]


class Packet(models.Model):
    """A packet that was taken, and what its reply needs: where the PC had read to, which list of PCs it had.

    `held`: how many of its entries wait for the staff, because the PC is revoked.
    """

    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.PROTECT, related_name="packets")
    unit_id: int
    device: models.ForeignKey[Device, Device] = models.ForeignKey(Device, models.PROTECT)
    device_id: int
    nonce: models.CharField[str, str] = models.CharField(max_length=32)
    code: models.CharField[str, str] = models.CharField(max_length=6)
    ops: models.BigIntegerField[int, int] = models.BigIntegerField()
    blobs: models.BigIntegerField[int, int] = models.BigIntegerField()
    epoch: models.BigIntegerField[int, int] = models.BigIntegerField()
    cursor: models.BigIntegerField[int, int] = models.BigIntegerField()
    roster: models.BigIntegerField[int, int] = models.BigIntegerField()
    enrolled: models.BooleanField[bool, bool] = models.BooleanField()
    held: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    have: models.JSONField[Any, Any] = models.JSONField(default=list)
    by: models.CharField[str, str] = models.CharField(max_length=150)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now, db_index=True)


class Submission(models.Model):
    """A version of a report as handed in; `replaced` by a later one it waits for nothing.

    `content` is canonical msgpack; `digest_ok` says that it is what the unit sealed.
    """

    id: models.UUIDField[Any, Any] = models.UUIDField(primary_key=True)
    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.PROTECT, related_name="submissions")
    unit_id: int
    op: models.ForeignKey[Op, Op] = models.ForeignKey(Op, models.PROTECT)
    op_id: int
    form: models.CharField[str, str] = models.CharField(max_length=20)
    period: models.CharField[str, str] = models.CharField(max_length=40)
    version: models.IntegerField[int, int] = models.IntegerField()
    note: models.TextField[str, str] = models.TextField()
    digest: models.CharField[str, str] = models.CharField(max_length=64)
    digest_ok: models.BooleanField[bool, bool] = models.BooleanField()
    content: models.BinaryField[bytes, bytes] = models.BinaryField()
    state: models.CharField[str, str] = models.CharField(max_length=20, default=RECEIVED)
    replaced: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    received: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "replaced", "received"], name="submissions_waiting"),
            models.Index(fields=["unit", "form", "period"], name="versions_of_report"),
        ]

    @property
    def waits(self) -> bool:
        """Whether it is the province's turn."""
        return self.state == RECEIVED and not self.replaced

    @property
    def report(self) -> dict[str, Any]:
        """The content as a mapping: form, period, version, cells, totals, basics, checks."""
        decoded: dict[str, Any] = msgspec.msgpack.decode(bytes(self.content))
        return decoded


class Verdict(models.Model):
    """The province's answer to a submission, also an op of the unit's province device."""

    id: models.UUIDField[Any, Any] = models.UUIDField(primary_key=True)
    submission: models.ForeignKey[Submission, Submission] = models.ForeignKey(Submission, models.PROTECT)
    op: models.ForeignKey[Op, Op] = models.ForeignKey(Op, models.PROTECT)
    state: models.CharField[str, str] = models.CharField(max_length=20)
    note: models.TextField[str, str] = models.TextField()
    cells: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by: models.CharField[str, str] = models.CharField(max_length=150)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)


class Published(models.Model):
    """What the province says to every unit, in order: a record of a `province` entity, its fields in msgpack.

    It goes into a unit's history when that unit is next heard of, so that saying it takes no time.
    """

    no: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    entity: models.CharField[str, str] = models.CharField(max_length=40)
    record: models.UUIDField[Any, Any] = models.UUIDField(unique=True)
    content: models.BinaryField[bytes, bytes] = models.BinaryField()
    by: models.CharField[str, str] = models.CharField(max_length=150)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)


class Reception(models.Model):
    """A unit took a transfer card (`card` is its id); nothing of the person. Units that took cards of one `leaving` are
    a question for the staff, unless `withdrawn` or `settled` by them.
    """

    card: models.UUIDField[Any, Any] = models.UUIDField()
    leaving: models.UUIDField[Any, Any] = models.UUIDField(db_index=True)
    unit: models.ForeignKey[Unit, Unit] = models.ForeignKey(Unit, models.PROTECT, related_name="receptions")
    unit_id: int
    sender: models.CharField[str, str] = models.CharField(max_length=40)
    withdrawn: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    settled: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    received: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["card", "unit"], name="one_reception_a_card_and_unit"),
        ]


class AuditLog(models.Model):
    """Who did what, when: written in the transaction of the deed, never changed. No personal data."""

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now, db_index=True)
    who: models.CharField[str, str] = models.CharField(max_length=150)
    deed: models.CharField[str, str] = models.CharField(max_length=100)
    unit: models.ForeignKey[Unit | None, Unit | None] = models.ForeignKey(Unit, models.PROTECT, null=True)
    about: models.CharField[str, str] = models.CharField(max_length=300)


class FailedSignIn(models.Model):
    """A wrong name or password, kept an hour, to slow down guessing."""

    name: models.CharField[str, str] = models.CharField(max_length=150)
    address: models.CharField[str, str] = models.CharField(max_length=64)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now, db_index=True)
