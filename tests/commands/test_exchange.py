"""`import`, `export`, `members import` as scripts drive them: answers, exit codes, sentences on stderr."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.actions import setup
from tests.exchange.books import FUNDS, LAN, PEOPLE_HEAD, UNION, workbook
from tests.make_samples import FOLDER, OCTOBER


class Run:
    """Commands on one profile, inside this process: (exit code, answer, what stood on stderr)."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._profile, self._capsys = profile, capsys

    def __call__(self, *words: str) -> tuple[int, dict[str, Any], str]:
        code = cli.run(["--profile", str(self._profile), "--json", *words])
        said = self._capsys.readouterr()
        return code, json.loads(said.out), said.err


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SOCONGDOAN_PASSPHRASE", "mat khau thu")
    setup.make_book(tmp_path / "so", code="40-001", name="CĐCS", actor="Hoa")
    return Run(tmp_path / "so", capsys)


def test_the_sample_comes_in_and_goes_out(run: Run, tmp_path: Path) -> None:
    code, answer, said = run("import", str(FOLDER / OCTOBER))
    assert (code, said, set(answer)) == (0, "", {"stored", "refused", "ignored_columns", "returned"})
    assert (answer["stored"]["Chứng từ"], answer["stored"]["Người lao động"]) == (13, 130)
    code, again, _ = run("import", str(FOLDER / OCTOBER))
    assert (code, again) == (0, {"stored": {}, "refused": [], "ignored_columns": [], "returned": None})
    code, out, _ = run("export", str(tmp_path / "ra.xlsx"))
    assert (code, set(out)) == (0, {"sheets"})
    assert out["sheets"]["Chứng từ"] == 13
    assert run("import", str(tmp_path / "ra.xlsx"))[1] == again
    assert len(run("members", "list")[1]["members"]) == 120
    vouchers = run("voucher", "list", "--period", "2026-10")[1]["vouchers"]
    (transfer,) = [v for v in vouchers if v["number"] == "UNC10/01"]
    assert sorted((line["item"], line["fund"], line["in"], line["out"]) for line in transfer["lines"]) == [
        (None, "NH", 0, 6_000_000), (None, "TM", 6_000_000, 0),
    ]  # fmt: skip


def test_nothing_stored_is_exit_1_with_the_rows_in_the_answer_and_on_stderr(run: Run, tmp_path: Path) -> None:
    run("import", str(workbook(tmp_path / "so.xlsx", {"Đơn vị": UNION})))
    bad = workbook(tmp_path / "so.xlsx", {"Đơn vị": UNION, "Người lao động": [PEOPLE_HEAD, ["", *LAN[1:]]], "Lạ": [["x"]]})
    code, answer, said = run("import", str(bad))
    assert code == 1
    assert answer["refused"] == [
        {"sheet": "Người lao động", "row": 2, "column": "Họ và tên", "value": "", "problem": "Hãy nhập Họ và tên."}
    ]
    assert Path(answer["returned"]).name == "so-loi.xlsx"
    assert "Trang tính “Lạ” không thuộc mẫu" in said
    assert "Người lao động, dòng 2, cột Họ và tên: Hãy nhập Họ và tên." in said
    some = workbook(tmp_path / "so.xlsx", {"Đơn vị": UNION, "Quỹ": FUNDS, "Người lao động": [PEOPLE_HEAD, ["", *LAN[1:]]]})
    code, answer, _ = run("import", str(some))
    assert (code, answer["stored"], len(answer["refused"])) == (0, {"Quỹ": 2}, 1)


def test_a_file_that_cannot_be_read_is_an_error_answer(run: Run, tmp_path: Path) -> None:
    code, answer, said = run("import", str(tmp_path / "khong-co.xlsx"))
    assert (code, answer["error"]["kind"]) == (3, "trouble")
    assert "Không thấy tệp khong-co.xlsx" in said
    other = workbook(tmp_path / "khac.xlsx", {"Đơn vị": [["Trường", "Giá trị"], ["Mã đơn vị", "40-999"]]})
    code, answer, _ = run("import", str(other))
    assert (code, answer["error"]["kind"], answer["error"]["problems"][0]["field"]) == (1, "refused", "code")


def test_members_import_takes_a_mapping_and_keeps_it(run: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "ds.xlsx", {"DS": [["Nhân viên", "CCCD", "Khối"], ["Lê Thị Lan", "040190001234", "Tổ cắt"]]})
    words = ("members", "import", str(path), "--profile-map", "May", "--map", "Nhân viên=name", "--map", "Khối=team")
    code, answer, _ = run(*words)
    assert code == 0
    assert set(answer) == {"rows", "stored", "merged", "refused", "encoding", "mapping", "undo"}
    assert answer["mapping"] == {"Nhân viên": "name", "CCCD": "cccd", "Khối": "team"}
    code, answer, _ = run("members", "import", str(path), "--profile-map", "May")
    assert (code, answer["stored"], answer["merged"], answer["undo"]) == (0, 0, 1, None)
    assert run("members", "list")[1]["members"][0]["team"] == "Tổ cắt"
    with pytest.raises(SystemExit) as wrong:
        run("members", "import", str(path), "--map", "Khối")
    assert wrong.value.code == 2
