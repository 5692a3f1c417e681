"""*Gói*: packets of units without a network are taken in here, and their replies are fetched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Problem, Refused, Trouble
from sync.server import packets
from sync.server.models import Packet
from sync.server.settings import PACKET_LIMIT
from sync.server.web import guard

ON_A_PAGE = 50


@guard.staff_page
def page(request: HttpRequest) -> HttpResponse:
    """`/goi/`: take one in, and what came."""
    problem = ""
    if request.method == "POST":
        try:
            taken = bring(request)
        except (Refused, Trouble) as refused:
            problem = str(refused)
        else:
            new = f"{format_amount(taken.ops)} bản ghi mới" if taken.ops else "không có gì mới"
            if taken.held:
                new = f"máy đã bị thu hồi, {format_amount(taken.held)} bản ghi giữ riêng, chờ xem ở trang đơn vị"
            files = f", {taken.blobs} tệp kèm" if taken.blobs else ""
            messages.success(request, f"{taken.unit.name}: {new}{files}. Mã kiểm tra của gói: {taken.code}.")
            return HttpResponseRedirect("/goi/")
    found = Packet.objects.select_related("unit", "device").order_by("-at", "-pk")
    shown = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("trang")),
        "problem": problem,
        "largest": PACKET_LIMIT >> 20,
    }
    return render(request, "province/packets.html", shown, status=409 if problem else 200)


@guard.staff_page
def fetch_reply(request: HttpRequest, id_: int) -> HttpResponse:
    """`/goi/ID/tra-loi/`: the reply as it is now, with everything that came meanwhile."""
    taken = Packet.objects.select_related("unit", "device").filter(pk=id_).first()
    if taken is None:
        raise Http404
    return reply(taken)


def bring(request: HttpRequest) -> Packet:
    """Take in the packet that was sent as a file. Raises `Refused`, `Trouble`."""
    sent = request.FILES.get("packet")
    if not isinstance(sent, UploadedFile):
        raise Refused([Problem("packet", "Hãy chọn tệp gói (.goi) của đơn vị.")])
    with _file() as file:
        with open(file, "wb") as out:
            for piece in sent.chunks():
                out.write(piece)
        return packets.take(file, guard.who(request))


def reply(taken: Packet) -> HttpResponse:
    """A reply as a download; its check code stands in a header, and in the file's name."""
    with _file() as file:
        code = packets.reply(taken, file)
        answer = HttpResponse(file.read_bytes(), content_type="application/octet-stream")
    name = packets.file_name(taken).replace(".goi", f"-ma-{code}.goi")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Check-Code"] = code
    return answer


@contextmanager
def _file() -> Iterator[Path]:
    """A file of this request alone; packets are sealed, so nothing readable lies on the disk."""
    with tempfile.TemporaryDirectory(dir=settings.SERVER_DATA, prefix="goi-") as folder:
        yield Path(folder) / "goi"
