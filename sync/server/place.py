"""Where a server keeps itself: its data folder, the database it last used, and its first start."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import Problem, Refused, Trouble
from sync.server import keys, settings

ADMINISTRATOR = "quantri"


@dataclass(frozen=True)
class Place:
    """An opened server: its data folder and database URL."""

    data: Path
    database: str


def open_place(data: Path | None, database: str | None) -> Place:
    """Make Django ready and the database up to date. The URL is remembered in the data folder.

    Raises `Trouble` if the database cannot be used or belongs to another server's key.
    """
    data = (data or _own_folder()).absolute()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        remembered = data / "database"
        if database is None:
            database = remembered.read_text("utf-8").strip() if remembered.exists() else _sqlite(data)
        settings.configure(data, database)
        _prepare(data)
        if not remembered.exists() or remembered.read_text("utf-8").strip() != database:
            keys.remember(remembered, database.encode())
    except OSError as error:
        advice = "Hãy kiểm tra quyền ghi và chỗ trống."
        raise Trouble(f"Không dùng được thư mục {data}: {error.strerror}. {advice}") from error
    return Place(data, database)


def new_password(name: str, who: str) -> tuple[str, bool]:
    """A new password of a member of staff, told this once, and whether the account is new. Raises `Refused`."""
    from django.contrib.auth.models import User
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from sync.server import audit

    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        user = User.objects.filter(username=name).first()
        is_new = user is None
        user = user or User(username=name, is_staff=True)
        user.is_active = True
        user.set_password(password)
        try:
            user.full_clean()
        except ValidationError:
            raise Refused(
                [Problem("name", f"Tên đăng nhập “{name}” chỉ được gồm chữ, số và . _ - @ +, không có dấu cách.")]
            ) from None
        user.save()
        audit.note(who, "Tạo tài khoản" if is_new else "Đặt lại mật khẩu", None, name)
    return password, is_new


def first_administrator() -> str | None:
    """Make the administrator if nobody can sign in yet; answers the password, told this once."""
    from django.contrib.auth.models import User
    from django.db import transaction

    from sync.server import audit

    if User.objects.filter(is_active=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        User.objects.create_superuser(ADMINISTRATOR, password=password)
        audit.note("Máy chủ", "Tạo tài khoản quản trị", None, ADMINISTRATOR)
    return password


def change_key(place: Place, who: str, *, stolen: bool) -> bytes:
    """The server signs with a new key from now on; answers its public part. PCs learn it from what the old one signs.

    `stolen`: the old one is gone at once. It proves nothing any more, so each PC needs a new province file.
    """
    from django.db import transaction

    from sync.server import audit
    from sync.server.models import Installation

    fresh = keys.begin_change(place.data, stolen=stolen)
    with transaction.atomic():
        Installation.objects.update(key=fresh)
        audit.note(who, "Đổi khóa máy chủ", None, "khóa cũ bỏ ngay" if stolen else "")
    keys.finish_change(place.data)
    return fresh


def _prepare(data: Path) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from sync.server.models import Installation

    public = keys.public(keys.seed(data))
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        held = Installation.objects.first() or Installation.objects.create(key=public)
    except DatabaseError as error:
        raise Trouble(f"Không mở được cơ sở dữ liệu: {str(error).strip().splitlines()[0]}") from error
    changing = data / keys.NEXT
    if changing.exists() and keys.public(changing.read_bytes()) == bytes(held.key):
        keys.finish_change(data)  # the power went in the middle of a change
    elif bytes(held.key) != public:
        raise Trouble(
            "Cơ sở dữ liệu này thuộc về một máy chủ có khóa ký khác. Hãy dùng đúng thư mục --data của nó, "
            "hoặc chép tệp server.key từ bản sao lưu vào."
        )


def _sqlite(data: Path) -> str:
    return f"sqlite:///{(data / 'province.db').as_posix()}"


def _own_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("So Cong doan may chu", appauthor=False)
