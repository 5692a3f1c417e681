"""Files that belong to a record: a scanned decision, a photo, an invoice."""

from __future__ import annotations

from desktop_app.domain import fields as f
from desktop_app.domain.fields import entity


@entity("attachment", "attachments", "Tệp kèm", private=True)
class Attachment:
    """A file of a record. Its content lies beside the journal, named by `sha256` (hex); `size` in bytes.

    `owner` is the record's id, `owner_entity` the wire name of its kind. What belongs to a restricted record is
    restricted like it: neither the file nor its name leaves the book.
    """

    id: str
    owner_entity: str = f.text("Loại hồ sơ", required=True, longest=40, merge="fixed")
    owner: str = f.ref("Thuộc hồ sơ", "", required=True, merge="fixed")
    name: str = f.text("Tên tệp", required=True, longest=200)
    mime: str = f.text("Kiểu tệp", longest=100, merge="fixed")
    size: int = f.whole("Dung lượng (byte)", least=1, merge="fixed")
    sha256: str = f.text("Mã băm", required=True, longest=64, merge="fixed")
    note: str = f.text("Ghi chú", longest=300)
