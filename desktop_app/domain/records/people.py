"""Workers and members: the person, what happened to them, their wages and requests."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import cccd, contacts
from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("person", "people", "Người lao động", private=True, largest=4096)
class Person:
    """A worker; `member` says whether of the union. Id is ours: a CCCD can be re-issued (NĐ 70/2024 art. 11).

    `left` is the first day out; `until` the first day no longer a member of who works on. Once a movement of the
    person is written, `joined`, `left`, `until` and `member` are what the movements say. `registered`: when the record
    was last brought up to date in the Confederation's member software.
    """

    id: str
    name: str = f.text("Họ và tên", required=True, longest=100, merge="identity")
    birth: str = f.birth("Ngày sinh")
    sex: str = f.choice("Giới tính", ("Nam", "Nữ"))
    cccd: str = f.text("Số CCCD", longest=12, check=cccd.check_cccd, merge="identity")
    card: str = f.text("Số thẻ đoàn viên", longest=40, merge="identity")
    team: str = f.text("Tổ công đoàn", longest=100)
    joined: date | None = f.day("Ngày vào công đoàn")
    left: date | None = f.day("Ngày thôi")
    until: date | None = f.day("Ngày ra khỏi công đoàn")
    member: bool = f.flag("Đoàn viên", initial=True)
    note: str = f.text("Ghi chú", longest=1000)
    phone: str = f.text("Điện thoại", longest=40, check=contacts.check_phone)
    email: str = f.text("Email", longest=100, check=contacts.check_email)
    address: str = f.text("Nơi ở hiện nay", longest=200)
    workplace: str = f.text("Nơi làm việc", longest=100)
    job: str = f.text("Vị trí công việc", longest=100)
    contract: str = f.text("Loại hợp đồng", longest=60)
    hired: date | None = f.day("Ngày vào làm")
    education: str = f.text("Trình độ chuyên môn", longest=60)
    registered: date | None = f.day("Ngày cập nhật phần mềm TLĐ")


@entity("movement", "movements", "Biến động", private=True)
class Movement:
    """One thing that happened to a member or worker on a day; `kind` is a code of the catalogue of movements.

    `from_unit`, `to_unit`: tổ of a move inside, the other union of a transfer. `corrects`: the movement a correction
    takes back.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    kind: str = f.text("Loại biến động", required=True, longest=10)
    day: date | None = f.day("Ngày có hiệu lực", required=True)
    from_unit: str = f.text("Từ đơn vị", longest=200)
    to_unit: str = f.text("Đến đơn vị", longest=200)
    document: str = f.text("Số văn bản", longest=60)
    document_day: date | None = f.day("Ngày văn bản")
    reason: str = f.text("Lý do", longest=300)
    corrects: str = f.ref("Điều chỉnh cho", "movement")


@entity("wage", "wages", "Tiền lương", private=True)
class Wage:
    """A person's monthly wages in đồng from a month on, until a later row says otherwise."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    from_month: str = f.month("Từ tháng")
    insured: int = f.money("Lương đóng BHXH", least=0, merge="identity")
    net: int = f.money("Lương thực lĩnh", least=0, merge="identity")


@entity("exemption", "exemptions", "Miễn đoàn phí", private=True)
class Exemption:
    """Months in which a member owes no dues (QĐ 61/QĐ-TLĐ: benefit, no income, unpaid leave)."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    from_month: str = f.month("Từ tháng", required=True)
    to_month: str = f.month("Đến tháng")
    reason: str = f.text("Lý do", longest=200)


REQUEST_KINDS = ("xem", "sửa", "hạn chế", "xóa")


@entity("data_request", "data_requests", "Yêu cầu về dữ liệu cá nhân", private=True)
class DataRequest:
    """What a person asked of the data kept of them (Luật 91/2025/QH15 art. 4); `card` is all that an erasure leaves."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    day: date | None = f.day("Ngày", required=True, merge="fixed")
    kind: str = f.choice("Yêu cầu", REQUEST_KINDS, required=True, merge="fixed")
    reason: str = f.text("Lý do", longest=300)
    card: str = f.text("Số thẻ đoàn viên", longest=40)
