"""A real disk of a few megabytes that a nursery's deeds work on, and its last bytes.

It is mounted in a space of the nursery's own, as root or (where a user may) in a user namespace of its own; nobody else
sees it, and it goes with the process. Where neither is allowed, files stay short instead (RLIMIT_FSIZE).
"""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW_USER, _NEW_MOUNTS, _PRIVATE = 0x10000000, 0x00020000, (1 << 18) | (1 << 14)
_BALLAST = ".ballast"


class Tight:
    """The disk at a folder; `mounted` is whether it is a real one."""

    def __init__(self, at: Path, kilobytes: int) -> None:
        at.mkdir(exist_ok=True)
        self.at, self.mounted = at, _mount(at, kilobytes)

    @contextmanager
    def only(self, room: int) -> Iterator[None]:
        """So many bytes are left for a while (in the fallback: nothing is written beyond so many in any file)."""
        ballast = self.at / _BALLAST
        if self.mounted:
            with open(ballast, "wb") as out:
                os.posix_fallocate(out.fileno(), 0, max(1, _left(self.at) - room))
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            ballast.unlink(missing_ok=True)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _left(at: Path) -> int:
    state = os.statvfs(at)
    return state.f_bavail * state.f_bsize


def _mount(at: Path, kilobytes: int) -> bool:
    libc, user, group = ctypes.CDLL(None), os.getuid(), os.getgid()
    if libc.unshare(_NEW_MOUNTS if user == 0 else _NEW_USER | _NEW_MOUNTS):
        return False
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    if libc.mount(b"none", b"/", None, _PRIVATE, None):
        return False
    size = f"size={kilobytes}k".encode()
    return bool(libc.mount(b"tmpfs", str(at).encode(), b"tmpfs", 0, size) == 0)
