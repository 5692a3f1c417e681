"""Lines of *Nhật ký*: who did what, written in the transaction of the deed."""

from __future__ import annotations

from sync.server.models import AuditLog, Unit


def note(who: str, deed: str, unit: Unit | None, about: str = "") -> None:
    """One line. `about` names papers and PCs, never persons."""
    AuditLog.objects.create(who=who, deed=deed, unit=unit, about=about[:300])
