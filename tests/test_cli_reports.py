"""`report` and `submit` as scripts drive them: real processes, the documented answers and exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.october import Money, october
from tests.test_cli import profile, run  # noqa: F401 - the fixture

from desktop_app.actions import setup  # isort: skip


@pytest.fixture
def full(profile: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    book = setup.open_book(profile)
    october(book)
    book.close()
    return profile


def test_a_settlement_is_made_and_handed_in(full: Path, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "b07.pdf", tmp_path / "b07.xlsx"
    code, answer = run(full, "report", "B07", "--period", "2026-10", "--pdf", str(pdf), "--xlsx", str(xlsx))
    assert code == 0
    assert (answer["cells"]["10"], answer["cells"]["50"], answer["version"]) == (50800000, 66996650, 1)
    assert pdf.stat().st_size > 1000
    assert xlsx.stat().st_size > 1000
    code, sent = run(full, "submit", "B07", "--period", "2026-10", "--note", "Nộp lần đầu")
    assert (code, set(sent), sent["state"], len(sent["hash"])) == (0, {"id", "state", "hash"}, "đã nộp", 64)
    code, again = run(full, "submit", "B07", "--period", "2026-10")
    assert (code, again["error"]["kind"]) == (1, "refused")
    assert run(full, "verify")[1]["first_fault"] is None


def test_a_book_of_several_funds_needs_one_named(full: Path) -> None:
    assert run(full, "report", "S11", "--period", "2026-10")[1]["closing"] == 10260000
    assert run(full, "report", "S12", "--period", "2026-10", "--fund", "NH")[1]["closing"] == 56736650


def test_what_cannot_be_made_is_said(full: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    code, answer = run(full, "report", "B99", "--period", "2026-10")
    assert (code, answer["error"]["kind"]) == (1, "refused")
    code, answer = run(full, "report", "B07", "--period", "13/2026")
    assert (code, answer["error"]["problems"][0]["field"]) == (1, "period")
    book = setup.open_book(full)
    Money(book, NH2=("Tiền gửi", 0, ""))
    book.close()
    from desktop_app.cli import run as run_here

    with pytest.raises(SystemExit) as stopped:
        run_here(["--profile", str(full), "report", "S12", "--period", "2026-10"])
    assert stopped.value.code == 2
    assert "NH, NH2" in capfd.readouterr().err
