"""The daily backup: whole or not at all, verified, thinned out, opened elsewhere by the recovery code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.actions import backups, members, setup
from desktop_app.actions.setup import Door
from desktop_app.domain.errors import Refused, Trouble

DAY = date(2026, 10, 31)
LAN = {"name": "Lê Thị Lan", "birth": "1990", "sex": "Nữ", "cccd": "040190001234"}


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    made = setup.make_book(tmp_path / "so", code="40-001", name="CĐCS May Hưng Lộc", actor="Hoa", role="Kế toán")
    return made.recovery_code


@pytest.fixture
def way(tmp_path: Path, code: str) -> Door:
    return setup.door(tmp_path / "so")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


def add(way: Door, **values: str) -> None:
    book = way()
    members.add(book, {**LAN, **values}, "Hoa")
    book.close()


def is_due(way: Door, day: date) -> bool:
    book = way()
    try:
        return backups.due(way.profile, book, day)
    finally:
        book.close()


def concern(way: Door, day: date) -> str:
    book = way()
    try:
        return backups.concern(way.profile, book, day)
    finally:
        book.close()


def test_once_a_day_if_something_changed(way: Door, stick: Path) -> None:
    assert not is_due(way, DAY)
    assert "Chưa chọn nơi sao lưu" in concern(way, DAY)
    backups.choose(way.profile, stick)
    assert is_due(way, DAY)
    done = backups.run(way, DAY)
    assert (done.trouble, done.last, (stick / done.file).exists()) == ("", DAY, True)
    assert not is_due(way, DAY + timedelta(days=1))
    add(way)
    assert not is_due(way, DAY)
    assert is_due(way, DAY + timedelta(days=1))
    assert concern(way, DAY + timedelta(days=7)) == ""
    assert concern(way, DAY + timedelta(days=8)).startswith("Bản sao lưu gần nhất làm ngày 31/10/2026")


def test_another_pc_opens_it_by_the_recovery_code_and_writes_as_a_new_device(
    way: Door, stick: Path, code: str, tmp_path: Path
) -> None:
    add(way)
    backups.choose(way.profile, stick)
    copy = stick / backups.run(way, DAY).file
    with pytest.raises(Refused, match="Mã khôi phục không đúng"):
        setup.restore(copy, tmp_path / "may moi", "SAI-MA")
    assert not setup.has_book(tmp_path / "may moi")
    restored = setup.restore(copy, tmp_path / "may moi", code.lower().replace("-", " "), "mat khau moi")
    old = way()
    assert restored.device != old.device
    assert [m["name"] for m in members.listed(restored)] == ["Lê Thị Lan"]
    members.add(restored, {**LAN, "cccd": "040190009999"}, "Hoa")
    assert restored.verify().first_fault is None
    assert len(members.listed(old)) == 1
    restored.close()
    old.close()
    assert setup.door(tmp_path / "may moi", "mat khau moi")


def test_a_missing_stick_and_a_full_disk_are_told_not_raised(
    way: Door, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.choose(way.profile, stick)
    stick.rmdir()
    assert f"Không thấy thư mục sao lưu {stick}" in backups.run(way, DAY).trouble
    assert "Hãy cắm USB" in concern(way, DAY)
    stick.mkdir()
    assert backups.run(way, DAY).trouble == ""
    if Path("/dev/full").exists():
        with pytest.raises(Trouble, match="Ổ đĩa đã đầy"):
            backups._write(way, _full_name(stick))


def _full_name(stick: Path) -> Path:
    """A target whose unfinished file is a device that is always full."""
    (stick / "day.saoluu.moi").symlink_to("/dev/full")
    return stick / "day.saoluu"


def test_a_folder_that_cannot_be_written_is_refused(way: Door, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Hãy chọn thư mục khác"):
        backups.choose(way.profile, tmp_path / "khong co")
    assert backups.state(way.profile).folder == ""


def test_ten_days_and_one_a_month_are_kept_and_nobody_elses_files_are_touched(way: Door, stick: Path) -> None:
    book = way()
    days = [date(2026, 7, 3), date(2026, 7, 30), date(2026, 8, 31)] + [date(2026, 10, n) for n in range(1, 14)]
    for day in days:
        (stick / backups.file_name(book, day)).write_bytes(b"")
    (stick / "so-cong-doan_40-002_aaaa_2026-01-01.saoluu").write_bytes(b"")
    backups._thin_out(stick, backups.file_name(book, days[-1]))
    kept = sorted(path.name[-17:-7] for path in stick.glob(f"*_{book.device[:4]}_*"))
    assert kept == ["2026-07-30", "2026-08-31", *(f"2026-10-{n:02d}" for n in range(4, 14))]
    assert len(list(stick.glob("so-cong-doan_40-002_*"))) == 1
    book.close()


def test_a_killed_backup_leaves_the_old_one_and_a_whole_book(way: Door, stick: Path) -> None:
    backups.choose(way.profile, stick)
    good = stick / backups.run(way, DAY).file
    before = good.read_bytes()
    add(way)
    program = (
        "import sys; from datetime import date; from pathlib import Path; from desktop_app.actions import backups, setup\n"
        "way = setup.door(Path(sys.argv[1]))\n"
        "print('bat dau', flush=True)\n"
        "while True: backups.run(way, date(2026, 10, 31))"
    )
    for delay in (0.005, 0.03, 0.06, 0.1, 0.15):
        running = subprocess.Popen([sys.executable, "-c", program, str(way.profile)], stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        running.stdout.readline()
        time.sleep(delay)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        running.stdout.close()
        with zipfile.ZipFile(good) as packed:
            assert packed.testzip() is None
    assert len(before) <= good.stat().st_size
    book = way()
    assert book.verify().first_fault is None
    book.close()
    done = backups.run(way, DAY)
    assert done.trouble == ""
    for stage in way.profile.glob("sao-luu-*"):
        os.utime(stage, (0, 0))
    backups.run(way, DAY)
    assert [path.name for path in way.profile.glob("sao-luu-*")] == []
    assert [path.name for path in stick.iterdir()] == [good.name]


def test_a_backup_with_one_wrong_byte_is_not_opened(way: Door, stick: Path, code: str, tmp_path: Path) -> None:
    backups.choose(way.profile, stick)
    copy = stick / backups.run(way, DAY).file
    spoiled = bytearray(copy.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    copy.write_bytes(spoiled)
    with pytest.raises(Trouble, match="bị hỏng"):
        setup.restore(copy, tmp_path / "may moi", code)
    assert not setup.has_book(tmp_path / "may moi")


def test_a_forgotten_passphrase_is_replaced_by_the_recovery_code(way: Door, code: str, tmp_path: Path) -> None:
    os.environ.pop("SOCONGDOAN_PASSPHRASE")
    with pytest.raises(Refused, match="Mật khẩu mở sổ không đúng"):
        setup.door(way.profile, "quen roi")
    with pytest.raises(Refused, match="Mã khôi phục không đúng"):
        setup.door_by_code(way.profile, "AAAAA-BBBBB", "moi")
    setup.door_by_code(way.profile, code, "moi")
    setup.door(way.profile, "moi")().close()
    assert setup.needs_passphrase(way.profile)


def test_a_new_recovery_code_opens_new_backups_and_the_old_code_only_old_ones(
    way: Door, stick: Path, code: str, tmp_path: Path
) -> None:
    backups.choose(way.profile, stick)
    old = stick / backups.run(way, DAY).file
    fresh = setup.new_recovery_code()
    setup.change_recovery_code(way, fresh)
    add(way)
    new = stick / backups.run(way, DAY + timedelta(days=1)).file
    setup.restore(old, tmp_path / "a", code).close()
    setup.restore(new, tmp_path / "b", fresh).close()
    with pytest.raises(Refused):
        setup.restore(new, tmp_path / "c", code)


def test_a_book_half_made_by_a_power_cut_is_made_again(tmp_path: Path, code: str) -> None:
    profile = tmp_path / "khac"
    profile.mkdir()
    (profile / "book.db.moi").write_bytes(b"half")
    (profile / "book.keys").write_text("{}")
    made = setup.make_book(profile, code="40-002", name="CĐCS Trường Mầm non Hoa Sen", actor="Hoa")
    assert made.book.exists()
    assert len(list(profile.glob("book.keys.*.cu"))) == 1
    setup.open_book(profile).close()
