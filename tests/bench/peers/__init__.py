"""Other programs that synchronise, on the same 10,000 members, this machine and this run: `python -m tests.bench sync peers`.

They are not this project's and are installed by hand in a folder named by `SOCONGDOAN_PEERS`: a virtual environment
`anki-venv` (`pip install anki==26.9.3`), and `npm install pouchdb@9 express@4 express-pouchdb@4.2
pouchdb-adapter-memory@9` beside it. One that is not there is told as not measured. What a peer is told to do stands in
`anki_peer.py` and `pouchdb_peer.js`; they share five steps, each begun by a line from here and ended by one of theirs.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.bench.exchanging import MEMBERS, Told
from tests.bench.line import line
from tests.bench.many import names

HERE = Path(__file__).parent
STEPS = ("push", "pull", "edits", "quiet")
"""10,000 members up, the same read by another, 100 of them changed and sent up, nothing new."""
_READY_SECONDS = 30.0


@dataclass(frozen=True)
class Peer:
    """How a program's server and client are started; the folder of what is installed stands for `{peers}`."""

    name: str
    needs: str
    server: tuple[str, ...]
    client: tuple[str, ...]


PEERS = (
    Peer(
        "Anki 26.9.3", "anki-venv/bin/python", ("{peers}/anki-venv/bin/python", "-m", "anki.syncserver"),
        ("{peers}/anki-venv/bin/python", str(HERE / "anki_peer.py")),
    ),
    Peer(
        "PouchDB 9", "node_modules/express-pouchdb", ("node", str(HERE / "pouchdb_peer.js"), "serve"),
        ("node", str(HERE / "pouchdb_peer.js"), "drive"),
    ),
)  # fmt: skip


def measure(peer: Peer, *, cut: int = 0) -> dict[str, Told] | None:
    """Seconds, bytes and requests of each step; None if the program is not installed."""
    peers = os.environ.get("SOCONGDOAN_PEERS", "")
    if not peers or not (Path(peers) / peer.needs).exists():
        return None
    with tempfile.TemporaryDirectory(prefix="scd") as folder, contextlib.ExitStack() as kept:
        port = _free_port()
        told = {
            "SYNC_USER1": "u:p", "SYNC_BASE": f"{folder}/server", "SYNC_HOST": "127.0.0.1", "SYNC_PORT": str(port),
            "NODE_PATH": f"{peers}/node_modules", "PORT": str(port), "HOME": folder,
        }  # fmt: skip
        environment = {**os.environ, **told}
        server = kept.enter_context(_running(_command(peer.server, peers), environment, Path(folder)))
        _wait_for(port, server)
        members = Path(folder) / "members.json"
        members.write_text(json.dumps(sample()), "utf-8")
        wire = kept.enter_context(line(f"http://127.0.0.1:{port}", cut=cut))
        client = kept.enter_context(
            _running([*_command(peer.client, peers), wire.url, str(members)], environment, Path(folder), talks=True)
        )
        assert client.stdin is not None
        assert client.stdout is not None
        found: dict[str, Told] = {}
        for step in STEPS:
            if client.stdout.readline().strip() != f"ready {step}":
                raise RuntimeError(f"{peer.name} did not come to {step}")
            bytes_before, requests_before = wire.up + wire.down, wire.requests
            client.stdin.write("go\n")
            client.stdin.flush()
            seconds = float(client.stdout.readline().removeprefix("done "))
            found[step] = Told(seconds, wire.up + wire.down - bytes_before, wire.requests - requests_before)
        return found


def sample() -> list[dict[str, str]]:
    """The members of `tests.bench.pcs.fill` as plain values."""
    pick = random.Random(7)
    return [
        {
            "name": called, "sex": pick.choice(("Nam", "Nữ")),
            "birth": date(pick.randint(1966, 2006), pick.randint(1, 12), pick.randint(1, 28)).isoformat(),
            "cccd": f"040{pick.randint(0, 3)}{number:08}", "card": f"NA{number:06}", "team": f"Tổ {pick.randint(1, 300)}",
            "joined": f"{pick.randint(2001, 2025)}-05-01", "member": "Có",
        }
        for number, called in enumerate(names(MEMBERS, 7))
    ]  # fmt: skip


def _command(parts: tuple[str, ...], peers: str) -> list[str]:
    return [part.replace("{peers}", peers) for part in parts]


@contextlib.contextmanager
def _running(
    command: list[str], environment: dict[str, str], folder: Path, *, talks: bool = False
) -> Iterator[subprocess.Popen[str]]:
    errors = (folder / "errors.txt").open("a")
    process = subprocess.Popen(
        command, env=environment, cwd=folder, text=True, stderr=errors, stdin=subprocess.PIPE if talks else None,
        stdout=subprocess.PIPE if talks else errors,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        errors.close()
        if talks and sys.exc_info()[0] is not None:
            print((folder / "errors.txt").read_text()[-2000:], file=sys.stderr)


def _wait_for(port: int, server: subprocess.Popen[str]) -> None:
    end = time.monotonic() + _READY_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError("the peer's server did not start")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port
