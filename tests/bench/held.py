"""`python -m tests.bench.held DATA DATABASE DEVICE DSEQ HASH`: a province that is told it holds a PC's entries so far."""

from __future__ import annotations

import sys
from pathlib import Path

from sync.server.place import open_place


def main() -> None:
    data, database, device, dseq, hash_ = sys.argv[1:]
    open_place(Path(data), database or None)
    from sync.server.models import Device, UnionHead

    known = Device.objects.get(device=device)
    known.dseq, known.hash = int(dseq), bytes.fromhex(hash_)
    known.save()
    UnionHead.objects.filter(unit=known.unit_id).update(seq=known.dseq)


if __name__ == "__main__":
    main()
