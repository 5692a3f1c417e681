"""Officers: terms of office, who held which post, the papers that have a body recognised, an officer's own course."""

from __future__ import annotations

from datetime import date

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity, nested


@entity("term", "terms", "Nhiệm kỳ")
class Term:
    """A term of one body (code of the catalogue of officers), from its election to the day it is to end.

    `planned` is the number of members the congress decided on (0: not said).
    """

    id: str
    body: str = f.text("Ban, tổ chức", required=True, longest=20)
    name: str = f.text("Nhiệm kỳ", required=True, longest=60)
    since: date | None = f.day("Từ ngày", required=True)
    until: date | None = f.day("Đến ngày")
    planned: int = f.whole("Số ủy viên Đại hội quyết định", least=0)
    congress: date | None = f.day("Ngày đại hội, hội nghị bầu")
    first_meeting: date | None = f.day("Ngày họp Ban Chấp hành lần thứ nhất")


@nested("Giấy tờ của hồ sơ")
class DossierPaper:
    """A paper the union has ready; `paper` is its code in the catalogue."""

    paper: str = f.text("Giấy tờ", required=True, longest=20)
    number: str = f.text("Số", longest=60)
    day: date | None = f.day("Ngày")


@entity("dossier", "dossiers", "Hồ sơ đề nghị công nhận", largest=4096)
class Dossier:
    """The recognition dossier of a term: which papers are ready, when it was sent, what the level above decided."""

    id: str
    term: str = f.ref("Nhiệm kỳ", "term", required=True)
    papers: tuple[DossierPaper, ...] = f.rows("Giấy tờ đã có", DossierPaper, merge="contact")
    sent: date | None = f.day("Ngày gửi")
    sent_to: str = f.text("Nơi nhận", longest=200)
    decision: str = f.text("Số quyết định công nhận", longest=60)
    decision_day: date | None = f.day("Ngày quyết định")
    note: str = f.text("Ghi chú", longest=300)


@entity("office", "offices", "Chức vụ", private=True)
class Office:
    """A union position held by a person, `until` the last day of it.

    `post` is a code of the catalogue of officers; "" where an old list gave words alone: the title tells it then.
    `unit` is the tổ or bộ phận a post is of.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    title: str = f.text("Chức vụ", required=True, longest=100)
    since: date | None = f.day("Từ")
    until: date | None = f.day("Đến")
    post: str = f.text("Mã chức vụ", longest=20)
    unit: str = f.text("Tổ, bộ phận", longest=100)
    term: str = f.ref("Nhiệm kỳ", "term")
    full_time: bool = f.flag("Chuyên trách")
    means: str = f.text("Hình thức", longest=60)
    votes: str = f.text("Tỷ lệ phiếu", longest=10)
    decision: str = f.text("Số quyết định", longest=60)
    decision_day: date | None = f.day("Ngày quyết định")
    tasks: str = f.text("Phụ trách", longest=200)
    ended: str = f.text("Lý do thôi", longest=200)


@entity("career", "careers", "Quá trình công tác, đào tạo", private=True)
class Career:
    """One line of an officer's course: work, training, a yearly assessment, planning, a reward, a discipline.

    `kind` is a code of the catalogue of officers; `since` and `until` may be a year or a month alone.
    """

    id: str
    person: str = f.ref("Người lao động", "person", required=True)
    kind: str = f.text("Loại", required=True, longest=20)
    since: str = f.birth("Từ", merge="contact")
    until: str = f.birth("Đến", merge="contact")
    what: str = f.text("Nội dung", required=True, longest=200)
    place: str = f.text("Nơi công tác, cơ sở đào tạo", longest=200)
    result: str = f.text("Kết quả, văn bằng", longest=200)
    document: str = f.text("Số văn bản", longest=60)
    document_day: date | None = f.day("Ngày văn bản")
