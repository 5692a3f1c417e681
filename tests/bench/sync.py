"""`python -m tests.bench sync [PART…]`: the exchange of the real program, with aims.

Real encrypted books and a real server process; bytes are HTTP headers and bodies both ways, without TLS. Parts, each
alone within a minute and a half: wire, peers, far, farther, broken, contest, growth, crowd-sqlite, crowd-postgresql,
memory, new-pc. Other programs run beside it in `peers`, where they are installed (`tests.bench.peers` says how).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence

from tests.bench import exchanging, growing, new_pc, peers
from tests.bench.exchanging import Told
from tests.bench.pcs import DATABASES

Row = tuple[str, str, str]
"""What, the figure, the aim and how far it is from it."""
NOT_TRIED = "Evolu, RxDB, Actual, morango"


def main(parts: Sequence[str]) -> None:
    """Measure and print the parts named (all, if none is)."""
    for name in parts or PARTS:
        print(f"\nsync: {name}")
        for what, figure, aim in PARTS[name]():
            print(f"  {what:<72} {figure:>34}  {aim}", flush=True)


def _wire() -> Iterator[Row]:
    for kind in DATABASES:
        push, pull, edits, quiet = exchanging.exchange(kind)
        yield f"{kind}: {exchanging.MEMBERS:,} members up", _told(push), _aims(push, 1.0, 600, 6)
        yield f"{kind}: the same read by a second PC", _told(pull), _aims(pull, 0.8, 600, None)
        yield f"{kind}: 100 edits up", _told(edits), _aims(edits, None, 3.5, 1)
        yield f"{kind}: nothing new", f"{quiet.seconds * 1000:.0f} ms / {quiet.size:,} bytes / {quiet.requests}", (
            f"aim 400 bytes / 1 ({quiet.size / 400:.2f}×)"
        )


def _peers() -> Iterator[Row]:
    ours = dict(zip(peers.STEPS, exchanging.exchange("SQLite"), strict=True))
    for step, told in ours.items():
        yield f"the program, SQLite: {step}", _told(told), ""
    for peer in peers.PEERS:
        found = peers.measure(peer)
        if found is None:
            yield f"{peer.name}: not measured (not installed)", "", ""
        for step, told in (found or {}).items():
            mine = ours[step]
            ratio = f"{mine.seconds / told.seconds:.2f}× the time, {mine.size / told.size:.2f}× the bytes"
            yield f"{peer.name}: {step}", _told(told), f"the program takes {ratio}"
    yield f"{NOT_TRIED}: not measured", "", ""


def _far() -> Iterator[Row]:
    far = exchanging.far(0.3, 512_000, exchanging.MEMBERS)
    yield f"300 ms, 512 kbit/s, real waiting: {far.members:,} members up", _told(far.push), f"aim 12 s ({far.push.seconds / 12:.2f}×)"
    yield "the same read by a second PC", _told(far.pull), ""
    yield "nothing new", f"{far.quiet.seconds:.2f} s", f"aim 0.4 s ({far.quiet.seconds / 0.4:.2f}×)"


def _farther() -> Iterator[Row]:
    far = exchanging.far(0.6, 64_000, 2_000)
    yield f"600 ms, 64 kbit/s, real waiting: {far.members:,} members up", _told(far.push), ""
    yield "the same read by a second PC", _told(far.pull), ""
    yield "nothing new", f"{far.quiet.seconds:.2f} s", ""


def _broken() -> Iterator[Row]:
    for told in exchanging.broken():
        ended = "all came" if told.whole else "GAVE UP"
        figure = f"{ended}, {told.cuts} cuts, {told.seconds:.1f} s"
        yield f"10,000 members up, each connection cut after {told.cut // 1000} kB", figure, f"{told.twice:+.0%} sent twice (aim: completes)"


def _contest() -> Iterator[Row]:
    told = exchanging.contest()
    aim = f"aim 0 and 0; both PCs show the same: {'yes' if told.same else 'NO'}"
    yield f"two PCs edit the same {exchanging.CONTESTED} records off line", f"lost {told.lost}, unshown {told.unshown} of {told.values:,}", aim


def _growth() -> Iterator[Row]:
    small, *larger = growing.books_of((1_000, 100_000, 1_000_000))
    for large in larger:
        for what, one, other, aim in (
            (f"{growing.EDITS} changes", small.edits, large.edits, 1.2), ("nothing new", small.quiet, large.quiet, 1.2),
            ("the book opened", small.opening, large.opening, 1.2),
        ):  # fmt: skip
            figure = f"{one * 1000:.1f} → {other * 1000:.1f} ms"
            yield f"{what}: journal of {small.size:,} and {large.size:,} entries", figure, f"{other / one:.2f}× (aim {aim})"
        yield f"bytes on the disk an entry, with its indexes, of {large.size:,}", f"{large.entry:.0f}", (
            f"aim 250 ({large.entry / 250:.2f}×)"
        )


def _crowd(kind: str) -> Iterator[Row]:
    few, crowd = growing.server_of(kind, 10), growing.server_of(kind, 10_000)
    for what, one, other in ((f"{growing.EDITS} changes", few.edits, crowd.edits), ("nothing new", few.quiet, crowd.quiet)):
        figure = f"{one * 1000:.1f} → {other * 1000:.1f} ms"
        yield f"{kind}: {what}, server of {few.size} and {crowd.size:,} units", figure, f"{other / one:.2f}× (aim 1.2)"


def _memory() -> Iterator[Row]:
    first = growing.first_sync()
    yield f"first exchange of {first.people:,} members, most memory over an empty one's", f"{first.over:.0f} MiB over {first.own:.0f}", (
        f"aim 80 ({first.over / 80:.2f}×), took {first.seconds:.1f} s"
    )


PARTS: dict[str, Callable[[], Iterator[Row]]] = {
    "wire": _wire, "peers": _peers, "far": _far, "farther": _farther, "broken": _broken, "contest": _contest, "growth": _growth,
    "crowd-sqlite": lambda: _crowd("SQLite"), "crowd-postgresql": lambda: _crowd("PostgreSQL"), "memory": _memory,
    "new-pc": lambda: new_pc.told(1),
}  # fmt: skip


def _told(told: Told) -> str:
    return f"{told.seconds:.2f} s / {told.size / 1000:.1f} KB / {told.requests}"


def _aims(told: Told, seconds: float | None, kilobytes: float, requests: int | None) -> str:
    parts = [] if seconds is None else [f"{seconds} s ({told.seconds / seconds:.2f}×)"]
    parts.append(f"{kilobytes} KB ({told.size / 1000 / kilobytes:.2f}×)")
    return "aim " + " / ".join(parts + ([] if requests is None else [str(requests)]))


if __name__ == "__main__":
    main(sys.argv[1:])
