"""`backup`, `restore`: a whole copy of an SQLite database, keys and files; PostgreSQL has its own tools."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from desktop_app.domain.errors import Refused, Trouble
from sync.server import keys
from sync.server.place import Place

KEYS = (keys.KEY, keys.SECRET)
FOLDER = "blobs"
"""Where the contents of files lie (`sync.server.blobs`, which needs Django ready)."""


def back_up(place: Place, folder: Path | None) -> Path:
    """Copy database and keys into a new folder (default: by the time, under the data folder) and check the copy.

    Raises `Refused` on PostgreSQL, `Trouble` if the copy cannot be written or does not check.
    """
    from django.db import connection
    from django.utils import timezone

    if connection.vendor != "sqlite":
        raise Refused(
            "Cơ sở dữ liệu PostgreSQL được sao lưu bằng pg_dump. "
            f"Hãy sao lưu kèm các tệp {', '.join(keys.files(place.data))} trong {place.data}."
        )
    folder = folder or place.data / "backup" / f"{timezone.localtime():%Y%m%d-%H%M%S}"
    try:
        folder.mkdir(mode=0o700, parents=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "province.db")])
        (folder / "province.db").chmod(0o600)
        for name in keys.files(place.data):
            keys.remember(folder / name, (place.data / name).read_bytes())
        if (place.data / FOLDER).is_dir():
            shutil.copytree(place.data / FOLDER, folder / FOLDER, ignore=shutil.ignore_patterns("*.part"))
    except FileExistsError:
        raise Refused(f"Thư mục {folder} đã có. Hãy chọn thư mục mới cho bản sao lưu.") from None
    except OSError as error:
        raise Trouble(f"Không ghi được {folder}: {error.strerror}. Hãy chọn nơi khác.") from error
    check(folder)
    return folder


def check(folder: Path) -> dict[str, int]:
    """Prove a backup: the file is whole, its chains are. Answers counts. Raises `Trouble`."""
    file = folder / "province.db"
    missing = [name for name in ("province.db", *KEYS) if not (folder / name).is_file()]
    if missing:
        raise Trouble(f"Bản sao lưu {folder} thiếu {', '.join(missing)}.")
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise Trouble(f"Bản sao lưu {folder} bị hỏng. Hãy dùng bản khác.")
            units = copy.execute("SELECT count(*) FROM province_unit").fetchone()[0]
            ops = copy.execute("SELECT count(*) FROM province_op").fetchone()[0]
            missing_ops = copy.execute(
                "SELECT count(*) FROM province_unionhead h WHERE seq !="
                " (SELECT count(*) FROM province_op o WHERE o.unit_id = h.unit_id)"
            ).fetchone()[0]
            owner = copy.execute("SELECT key FROM province_installation").fetchone()[0]
    except sqlite3.DatabaseError:
        raise Trouble(f"Bản sao lưu {folder} bị hỏng. Hãy dùng bản khác.") from None
    if missing_ops or bytes(owner) != keys.public((folder / "server.key").read_bytes()):
        raise Trouble(f"Bản sao lưu {folder} không trọn vẹn. Hãy dùng bản khác.")
    return {"units": units, "ops": ops}


def restore(folder: Path, data: Path) -> None:
    """Put a checked backup into an empty data folder, as a new epoch. Raises `Refused` if the folder is in use."""
    check(folder)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any((data / name).exists() for name in ("province.db", *KEYS)):
        raise Refused(f"Thư mục {data} đã có máy chủ. Hãy khôi phục vào một thư mục --data mới, còn trống.")
    for name in keys.files(folder):
        keys.remember(data / name, (folder / name).read_bytes())
    fresh = data / "province.db.new"
    shutil.copyfile(folder / "province.db", fresh)
    fresh.chmod(0o600)
    with closing(sqlite3.connect(fresh)) as copy, copy:
        copy.execute("UPDATE province_installation SET epoch = epoch + 1")
    if (folder / FOLDER).is_dir():
        shutil.copytree(folder / FOLDER, data / FOLDER)
    fresh.replace(data / "province.db")
