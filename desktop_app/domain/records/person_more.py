"""What is kept of a person besides the list: papers, schooling, family, reached by opening the person's record.

Apart from `Person` so that the table every search reads stays narrow (members_reports §2.2).
"""

from __future__ import annotations

from datetime import date

from desktop_app.domain import contacts, papers
from desktop_app.domain import fields as f
from desktop_app.domain.codes import check_code
from desktop_app.domain.fields import entity, nested


@nested("Ngoại ngữ")
class Language:
    """A foreign language and how well it is known."""

    name: str = f.text("Ngoại ngữ", required=True, longest=40)
    level: str = f.text("Trình độ", longest=40)


@entity("person_detail", "person_details", "Hồ sơ", private=True, largest=8192)
class PersonDetail:
    """One a person, made when first filled. Two PCs may have made one each at once: read by `storage.person_more`.

    Codes are "list/code" (`domain.codes`) beside the text as written, which nothing forces into a list.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    cccd_day: date | None = f.day("Ngày cấp CCCD")
    cccd_place: str = f.text("Nơi cấp CCCD", longest=100)
    home: str = f.text("Quê quán", longest=200)
    home_code: str = f.text("Xã, tỉnh quê quán", longest=45, check=check_code)
    address_code: str = f.text("Xã, phường nơi ở", longest=45, check=check_code)
    rented: bool = f.flag("Đang thuê trọ")
    title: str = f.text("Chức vụ chuyên môn", longest=100)
    job_code: str = f.text("Mã nghề", longest=20)
    covered: bool = f.flag("Tham gia BHXH")
    insurance: str = f.text("Số sổ BHXH", longest=20, check=papers.check_insurance)
    schooling: str = f.text("Trình độ học vấn", longest=40)
    specialty: str = f.text("Chuyên ngành", longest=100)
    skill: str = f.text("Bậc thợ", longest=20)
    degree: str = f.text("Học hàm", longest=30)
    politics: str = f.text("Lý luận chính trị", longest=40)
    administration: str = f.text("Quản lý nhà nước", longest=40)
    computing: str = f.text("Tin học", longest=60)
    languages: tuple[Language, ...] = f.rows("Ngoại ngữ", Language, merge="contact")
    card_day: date | None = f.day("Ngày cấp thẻ")
    card_kind: str = f.text("Loại thẻ", longest=60)
    decision: str = f.text("Số quyết định kết nạp", longest=60)
    married: str = f.choice("Hôn nhân", ("Độc thân", "Đã kết hôn", "Ly hôn", "Góa"))
    emergency: str = f.text("Người liên hệ khẩn cấp", longest=100)
    emergency_phone: str = f.text("Điện thoại khẩn cấp", longest=40, check=contacts.check_phone)


@entity("person_number", "person_numbers", "Số và giấy tờ khác", private=True)
class PersonNumber:
    """Another phone, a card that was replaced, an identity card of 9 digits or a passport, and from when to when."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    kind: str = f.choice("Loại", papers.KINDS, required=True)
    value: str = f.text("Số", required=True, longest=40)
    since: date | None = f.day("Từ ngày")
    until: date | None = f.day("Đến ngày")
    note: str = f.text("Ghi chú", longest=100)


@entity("child", "children", "Con", private=True)
class Child:
    """A child of a person, for gifts of 1/6 and the autumn festival; the year of birth is enough."""

    id: str
    person: str = f.ref("Người lao động", "person", required=True, merge="fixed")
    name: str = f.text("Họ và tên con", required=True, longest=100)
    birth: str = f.birth("Ngày hoặc năm sinh", merge="contact")
    sex: str = f.choice("Giới tính", ("Nam", "Nữ"))
