"""Room on a disk: whether a write failed for want of it, and what the user is told then."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from desktop_app.domain.errors import Trouble

ROOM = 20 << 20
"""Bytes that are asked for where nobody can say how many: a day's work, and what SQLite lays beside a book."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LITTLE = 1 << 20


def trouble_of(error: BaseException, path: Path, what: str, otherwise: str, needed: int = ROOM) -> Trouble:
    """What a failed write of a file is told as: that its disk is full and how much to free, or else `otherwise`.

    `what` did not come about ("chưa lưu được"); `needed` is in bytes.
    """
    return Trouble(sentence(what, needed) if is_full(error, path.parent) else otherwise)


def sentence(what: str, needed: int = ROOM) -> str:
    """That a disk is full, and how much to free."""
    return f"Ổ đĩa đã đầy nên {what}. Hãy xóa bớt tệp không cần để trống ít nhất {-(-needed >> 20)} MB rồi làm lại."


def is_full(error: BaseException, folder: Path) -> bool:
    """Whether an error says that a disk is full, or hardly anything is left on the disk of this folder."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False
