"""One window a book: a second start on the same profile raises the first window and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 2000


class Instance(QObject):
    """Holds the profile for this process; `called` is emitted when another start asked for the window."""

    called = Signal()

    def __init__(self, profile: Path) -> None:
        super().__init__()
        self._name = "socongdoan-" + hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        profile.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(profile / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock is stale when its process is gone, however old it is
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def take(self) -> bool:
        """Take the profile; False if another process has it."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def is_barred(self) -> bool:
        """Whether the profile was not taken because nothing can be written there."""
        return self._lock.error() in (QLockFile.LockError.PermissionError, QLockFile.LockError.UnknownError)

    def call(self) -> bool:
        """Ask the process that has the profile to show its window; False if it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        answered = socket.waitForReadyRead(_WAIT_MS)
        socket.disconnectFromServer()
        return bool(answered)

    def release(self) -> None:
        """Let others take the profile."""
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"1")
            socket.flush()
            self.called.emit()
