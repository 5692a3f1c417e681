"""The province sees who signed a settlement, and which signature is not of what it holds."""

from __future__ import annotations

import hashlib

from desktop_app.domain import fields, records, wire
from sync import envelope, protocol, signoff
from tests.server.desktop import Desktop, enrolled
from tests.server.running import Running
from tests.server.test_pages import signed_in
from tests.server.test_verdicts import CELLS, hand_in

SEED = bytes(range(32))


def sign(desktop: Desktop, submission: str, digest: str, who: str, name: str, version: int = 1, seed: bytes = SEED) -> None:
    public = {"id": "", "who": who, "name": name, "public": envelope.public_key(seed).hex(), "made": "2026-11-03"}
    key = desktop.write("signing_key", **wire.to_wire(fields.build(records.SigningKey, public)))
    words = signoff.Signed(desktop.union, submission, "B07", "2026-10", version, digest, who, name)
    given = {"id": "", "submission": submission, "key": key, "signature": signoff.sign(seed, words), "day": "2026-11-04"}
    desktop.write("sign_off", **wire.to_wire(fields.build(records.SignOff, given)))


def test_signatures_are_proven_again_at_the_province(server: Running) -> None:
    desktop = enrolled(server)
    submission = hand_in(desktop, 1, CELLS)
    op = protocol.decode(desktop.device, desktop.ops[-1][0])
    digest = hashlib.sha256(protocol.canonical((op.fields or {})["content"])).hexdigest()
    desktop.sync()
    browser = signed_in(server)
    browser.open(f"/ho-so/{submission}/")
    assert "Bản nộp này chưa có chữ ký số." in browser.page

    sign(desktop, submission, digest, "accountant", "Thái Văn Hùng")
    sign(desktop, submission, digest, "chair", "Phan Sỹ Thắng", version=2)
    sign(desktop, submission, digest, "chair", "Phan Sỹ Thắng", seed=bytes(32))
    desktop.sync()
    browser.open(f"/ho-so/{submission}/")
    panel = browser.page.split("Chữ ký số")[1].split("</div>")[0]
    first, second, third = panel.split("<li>")[1:]
    assert [part.split("</span>")[0].split(">")[-1] for part in (first, second, third)] == ["đúng", "sai", "đúng"]
    assert "Kế toán <b>Thái Văn Hùng</b>, ngày 04/11/2026" in first
    assert "khóa 03a1-07bf-f3ce-10be" in first
    assert "Chữ ký này không phải của bản nộp đang xem." in second
    assert "khóa thứ 2 của người này" in third
