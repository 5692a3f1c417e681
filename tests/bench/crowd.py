"""`python -m tests.bench.crowd DATA DATABASE UNITS OPS`: a province that has served many units already."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sync.server.place import open_place

_A_BATCH = 2_000


def main() -> None:
    data, database, units, ops = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3]), int(sys.argv[4])
    open_place(data, database)
    from django.db import connection

    from sync.server.models import Device, Op, UnionHead, Unit

    made = Unit.objects.bulk_create(
        [Unit(code=f"41-{n:05}", name=f"CĐCS Trường mầm non số {n}") for n in range(units)], _A_BATCH
    )
    UnionHead.objects.bulk_create([UnionHead(unit=unit, seq=ops) for unit in made], _A_BATCH)
    devices = Device.objects.bulk_create(
        [Device(unit=unit, device=os.urandom(8).hex(), key=bytes(32), issued=1, dseq=ops, hash=bytes(32))
         for unit in made], _A_BATCH)  # fmt: skip
    for start in range(0, units, _A_BATCH // ops + 1):
        Op.objects.bulk_create(
            [Op(unit=device.unit, seq=n, device=device, dseq=n, raw=os.urandom(180), payload=os.urandom(120),
                hash=os.urandom(32), entity="person", record=f"{device.pk:032x}{n:04x}")
             for device in devices[start : start + _A_BATCH // ops + 1] for n in range(1, ops + 1)])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main()
