"""A provincial server on loopback for the demo: started, given a unit, and answered as its signed-in staff would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Trouble

_SECONDS = 30


class Province:
    """The server's process and a staff member's signed-in session."""

    def __init__(self, data: Path) -> None:
        """Start the server on a free port with an SQLite file in `data`. Raises `Trouble` if it does not come up."""
        data.mkdir(parents=True, exist_ok=True)
        self._data = data
        with (data / "khoi-dong.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*_program(), "run", "--port", "0", "--data", str(data), "--json"],
                stdout=subprocess.PIPE, stderr=log, encoding="utf-8", env=_environment(),
            )  # fmt: skip
        assert self._process.stdout is not None
        told = self._process.stdout.readline()
        if not told:
            self.stop()
            complaint = (data / "khoi-dong.log").read_text("utf-8", "replace").strip()
            raise Trouble(f"Máy chủ tỉnh không chạy được: {complaint[-300:] or 'không rõ vì sao'}")
        first = json.loads(told)
        self.url: str = first["url"]
        self._user, self._password = first["administrator"], first["password"]

    def command(self, *words: str) -> Any:
        """The JSON answer of a `socongdoan-server` command on this server's data. Raises `Trouble`."""
        done = subprocess.run(
            [*_program(), *words, "--data", str(self._data), "--json"],
            capture_output=True, encoding="utf-8", env=_environment(), timeout=_SECONDS * 4, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Trouble(f"Máy chủ tỉnh không làm được lệnh {words[0]}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def sign_in(self) -> str:
        """Sign in over HTTP with the password that the server printed once; answers the user's name."""
        import requests

        self._session = requests.Session()
        answer = self._post("sign-in", {"user": self._user, "password": self._password})
        self._session.headers["X-CSRFToken"] = answer["csrf"]
        return str(answer["user"])

    def inbox(self) -> dict[str, dict[str, Any]]:
        """What was handed in and waits, by form."""
        answer = self._session.get(f"{self.url}/api/v1/inbox", timeout=_SECONDS)
        answer.raise_for_status()
        return {entry["form"]: entry for entry in answer.json()["submissions"] if entry["state"] == "đã tiếp nhận"}

    def accept(self, submission: str) -> str:
        """*Duyệt*; answers the new state."""
        return str(self._post(f"submissions/{submission}/accept", {})["state"])

    def send_back(self, submission: str, note: str, cells: Mapping[str, str]) -> str:
        """*Trả lại* with a note and notes beside cells; answers the new state."""
        return str(self._post(f"submissions/{submission}/return", {"note": note, "cells": dict(cells)})["state"])

    def stop(self) -> None:
        """End the server's process."""
        self._process.terminate()
        try:
            self._process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        answer = self._session.post(f"{self.url}/api/v1/{path}", json=body, timeout=_SECONDS)
        if not answer.ok:
            raise Trouble(f"Máy chủ tỉnh từ chối {path}: {answer.status_code} {answer.text[:200]}")
        return answer.json()


def _program() -> list[str]:
    """How the server is started: the program beside this one in the package, else this Python."""
    if getattr(sys, "frozen", False):
        own = Path(sys.executable)
        return [str(own.with_name(f"socongdoan-server{own.suffix}"))]
    return [sys.executable, "-m", "sync.server"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}
