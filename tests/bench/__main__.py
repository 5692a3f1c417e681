"""`python -m tests.bench`: how fast the program is on 100,000 vouchers, each time beside something known.

Prints medians and ratios with date and machine; asserts nothing and keeps nothing but the sample book (in the
system's temporary folder). `python -m tests.bench sync [PART…]` measures only the exchange (`tests.bench.sync`),
`python -m tests.bench decade [VOUCHERS]` only the papers of a book of ten years (`tests.bench.decade`).
Wants `ledger` and `hledger` (Debian packages) for the report; without them that line is left out. The book opens by a
passphrase here, whose argon2id is slow on purpose: it is measured apart, for where the system keeps the key it is not
paid.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

os.environ["SOCONGDOAN_PASSPHRASE"] = "mat khau bench"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from desktop_app.actions import setup
from desktop_app.storage import secrets
from tests.bench.bringing import PEOPLE, in_a_process
from tests.bench.carrying import LINE, SIZE, carrying_up
from tests.bench.clock import in_turns, moments, processes
from tests.bench.decade import main as ten_years
from tests.bench.listing import listing
from tests.bench.many import PEOPLE as LISTED
from tests.bench.many import many
from tests.bench.printing import PRINTED, printing
from tests.bench.sample import VOUCHERS, YEAR, Sample, sample
from tests.bench.saving import saving
from tests.bench.sync import main as exchange

ROUNDS = 9
SAVES = 300
Row = tuple[str, float, str]


def main() -> None:
    """Measure and print."""
    print(f"{date.today():%d/%m/%Y} · {_machine()} · Python {platform.python_version()} · {VOUCHERS:,} vouchers")
    if sys.argv[1:2] == ["sync"]:
        exchange(sys.argv[2:])
        return
    if sys.argv[1:2] == ["decade"]:
        ten_years(sys.argv[2:])
        return
    made = sample()
    parts = (("window", _window(made)), ("report", _report(made)), ("saving", _saving(made)), ("print", _printing(made)),
             ("import", _import()), ("list", _list()), ("files", _files()))  # fmt: skip
    for title, rows in parts:
        print(f"\n{title}")
        for what, seconds, ratio in rows:
            print(f"  {what:<66} {seconds * 1000:9.1f} ms  {ratio}", flush=True)
    ten_years(())
    exchange(())


def _window(made: Sample) -> Iterator[Row]:
    program = [sys.executable, "-m", "tests.bench.painted"]
    bare, ours = moments([[*program, "bare"], [*program, str(made.profile)]], ROUNDS)
    key = _key(made.profile)
    yield "bare Qt window with one label, from process start to painted", bare[0], ""
    yield "the program's window, from process start to painted", ours[0], f"{ours[0] / bare[0]:.2f}× (aim 2.5)"
    yield "  of which opening the key by passphrase (argon2id)", key, ""
    yield "  without it", ours[0] - key, f"{(ours[0] - key) / bare[0]:.2f}×"
    yield "  to its first answer to the user", ours[1], f"{ours[1] / bare[0]:.2f}×"
    yield "  to the figures of its first page", ours[2], f"{ours[2] / bare[0]:.2f}×"


def _report(made: Sample) -> Iterator[Row]:
    year = ["-b", f"{YEAR}-01-01", "-e", f"{YEAR + 1}-01-01"]
    balance = {
        name: [name, "-f", str(made.journal), "bal", *year] for name in ("ledger", "hledger") if shutil.which(name)
    }  # fmt: skip
    ours = [sys.executable, "-m", "desktop_app", "--profile", str(made.profile), "report", "B07", "--period", str(YEAR)]
    mine, *theirs = processes([ours, *(command for name, command in balance.items() if name == "ledger")], ROUNDS)
    theirs += processes([command for name, command in balance.items() if name == "hledger"], 2)
    key = _key(made.profile)
    yield f"socongdoan report B07 --period {YEAR}, whole process", mine, ""
    yield "  of which opening the key by passphrase (argon2id)", key, ""
    for name, seconds in zip(balance, theirs, strict=True):
        aim = ", aim 0.5" if name == "ledger" else ""
        told = f"we take {mine / seconds:.2f}× ({(mine - key) / seconds:.2f}× without the passphrase{aim})"
        yield f"{name} bal of the same entries, whole process", seconds, told


def _printing(made: Sample) -> Iterator[Row]:
    yield f"{PRINTED} vouchers read and made into one PDF", printing(made.profile, YEAR), "(aim 5 s)"


def _import() -> Iterator[Row]:
    brought = in_a_process()
    yield f"a list of {PEOPLE:,} people tried, duplicates looked for", brought.tried, ""
    yield "the same stored, with its journal, in one transaction", brought.stored, ""
    yield "together", brought.tried + brought.stored, f"(aim 10 s); {brought.memory} MB at most (aim 400)"


def _list() -> Iterator[Row]:
    times = listing(many())
    yield f"a keystroke in the search of {LISTED:,} people, to its rows painted: median", times.keystroke(50), "(aim 16 ms)"
    yield "  19 of 20 keystrokes", times.keystroke(95), "(aim 50 ms)"
    yield "  everybody who fits counted and lined up, beside the window", times.counted, ""
    yield "the list opened, to its first rows painted", times.opened, ""
    yield "  all of it lined up, beside the window", times.lined_up, ""
    yield "sorted by date of birth, beside the window", times.sorted_by_birth, ""
    yield "scrolled by three lines, painted", times.scrolled, ""
    yield "  to any place of it, painted", times.jumped, ""


def _files() -> Iterator[Row]:
    """No waiting: what the line would take follows from the bytes that went over it."""
    went = carrying_up()
    twice = f"{(went.up / SIZE - 1) * 100:.1f} % of the bytes more than the file, headers too (aim 3), {went.cuts} cuts"
    yield f"a file of {SIZE >> 20} MiB at 512 kbit/s, 300 ms, cut every 5 s", went.seconds, twice
    bare = f"{went.seconds / (SIZE / LINE):.2f}× of it"
    yield "  the same bytes on that line without a cut or a round trip", SIZE / LINE, bare


def _saving(made: Sample) -> Iterator[Row]:
    saved = saving(made.profile, SAVES)
    yield "the same rows by plain sqlite3, WAL, synchronous=FULL", saved.plain, ""
    yield "the same rows by plain SQL on an encrypted file", saved.encrypted, f"{saved.encrypted / saved.plain:.2f}×"
    yield "a voucher checked, numbered, saved and posted with its journal", saved.ours, (
        f"{saved.ours / saved.plain:.2f}× (aim 3)"
    )


def _key(profile: Path) -> float:
    def once() -> tuple[float]:
        started = time.perf_counter()
        secrets.fetch(profile / setup.KEYS)
        return (time.perf_counter() - started,)

    return in_turns([once], ROUNDS)[0][0]


def _machine() -> str:
    models = [line for line in _read("/proc/cpuinfo").splitlines() if line.startswith("model name")]
    model = models[0].split(":")[1].strip() if models else platform.processor()
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} × {model}"


def _read(file: str) -> str:
    return Path(file).read_text("utf-8") if Path(file).exists() else ""


if __name__ == "__main__":
    main()
