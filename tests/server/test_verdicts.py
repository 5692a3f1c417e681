"""A report handed in reaches the inbox; the province's answer reaches the unit; each is given once."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from desktop_app.domain import fields, records, wire
from sync import protocol
from tests.server.desktop import Desktop, enrolled
from tests.server.running import CommandFailed, Running

CELLS = {"10": 50_800_000, "22": 6_056_000, "50": 66_996_650}


def hand_in(desktop: Desktop, version: int, cells: dict[str, int], digest: str = "") -> str:
    """A B07 of October 2026 as the desktop seals it."""
    content = {
        "form": "B07", "period": "2026-10", "version": version, "cells": cells,
        "totals": {"tong_thu": 25_056_000}, "basics": {"members": 120}, "checks": [],
    }  # fmt: skip
    record = fields.build(
        records.Submission,
        {
            "id": "", "report": "0190f3a0-0000-7000-8000-000000000001", "form": "B07", "period": "2026-10",
            "version": version, "content": content, "sent": "2026-11-03", "note": "Kính gửi LĐLĐ tỉnh",
            "digest": digest or hashlib.sha256(protocol.canonical(content)).hexdigest(),
        },
    )  # fmt: skip
    return desktop.write("submission", **wire.to_wire(record))


def verdicts_of(desktop: Desktop) -> list[tuple[str, str, dict[str, Any]]]:
    """The province's answers as the desktop reads them."""
    pulled = [protocol.decode(device, raw, payload) for device, raw, payload in desktop.pulled]
    read = [wire.from_wire(records.Verdict, op.record, op.fields or {}) for op in pulled if op.entity == "verdict"]
    return [(verdict.state, verdict.note, dict(verdict.cells)) for verdict in read]


def test_a_report_is_returned_corrected_and_accepted(server: Running) -> None:
    desktop = enrolled(server)
    first = hand_in(desktop, 1, {**CELLS, "22": 6_000_000})
    desktop.sync()
    assert verdicts_of(desktop) == [("đã tiếp nhận", "", {})]

    waiting = server.command("inbox", "--state", "đã tiếp nhận")["submissions"]
    shown = {key: waiting[0][key] for key in ("id", "unit", "form", "period", "version", "hash_ok", "latest")}
    assert shown == {
        "id": first, "unit": "40-001", "form": "B07", "period": "2026-10", "version": 1, "hash_ok": True,
        "latest": True,
    }  # fmt: skip
    staff = server.staff()
    returned = staff.post(
        f"{server.url}/api/v1/submissions/{first}/return",
        json={"note": "Đoàn phí chưa khớp danh sách thu", "cells": {"22": "Danh sách thu là 6.056.000 đồng"}},
        timeout=60,
    )
    assert returned.json() == {"id": first, "state": "trả lại"}
    second = hand_in(desktop, 2, CELLS)
    desktop.sync()
    assert server.command("accept", second) == {"id": second, "state": "đã duyệt"}
    desktop.sync()
    assert verdicts_of(desktop) == [
        ("đã tiếp nhận", "", {}),
        ("trả lại", "Đoàn phí chưa khớp danh sách thu", {"22": "Danh sách thu là 6.056.000 đồng"}),
        ("đã tiếp nhận", "", {}),
        ("đã duyệt", "", {}),
    ]
    province = {device for device, _, _ in desktop.pulled}
    assert len(province) == 1
    head = protocol.genesis("40-001", province.pop())
    for number, (device, raw, payload) in enumerate(desktop.pulled, start=1):
        assert protocol.decode(device, raw, payload).dseq == number
        head = protocol.chain(head, raw)
    whole = staff.get(f"{server.url}/api/v1/submissions/{second}", timeout=60).json()
    assert whole["content"]["cells"] == CELLS
    assert [verdict["by"] for verdict in whole["verdicts"]] == ["Máy chủ", "Dòng lệnh"]


def test_only_the_latest_version_is_decided_and_once(server: Running) -> None:
    desktop = enrolled(server)
    old, new = hand_in(desktop, 1, CELLS), hand_in(desktop, 2, CELLS)
    desktop.sync()

    def refused(*words: str) -> str:
        with pytest.raises(CommandFailed) as failed:
            server.command(*words)
        assert failed.value.code == 1
        message: str = failed.value.answer["error"]["message"]
        return message

    assert "Đơn vị đã nộp lần 2" in refused("accept", old)
    assert "không có ô mã 99" in refused("return", new, "--note", "Sai", "--cell", "99=Sai")
    assert "Hãy ghi lý do" in refused("return", new, "--note", "  ")
    nothing = {"note": "\0", "cells": {"10": "\0"}}
    returned = server.staff().post(f"{server.url}/api/v1/submissions/{new}/return", json=nothing, timeout=60)
    assert (returned.status_code, "Hãy ghi lý do" in returned.text) == (409, True)
    server.command("return", new, "--note", "Thiếu thuyết minh")
    assert "trả lại rồi, do Dòng lệnh" in refused("accept", new)
    assert "Không có hồ sơ" in refused("accept", "khong-co")
    assert [s["id"] for s in server.command("inbox")["submissions"]] == [new, old]
    desktop.sync()
    assert [state for state, _, _ in verdicts_of(desktop)] == ["đã tiếp nhận", "đã tiếp nhận", "trả lại"]


def test_a_content_that_is_not_what_was_sealed_is_marked(server: Running) -> None:
    desktop = enrolled(server)
    hand_in(desktop, 1, CELLS, digest="0" * 64)
    desktop.sync()
    assert server.command("inbox")["submissions"][0]["hash_ok"] is False
