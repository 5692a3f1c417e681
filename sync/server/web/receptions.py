"""*Chuyển sinh hoạt*: transfer cards that two units took, and how it was cleared up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from desktop_app.domain.errors import Refused
from sync.server import receptions
from sync.server.models import Reception
from sync.server.web import guard


@guard.staff_page
def page(request: HttpRequest) -> HttpResponse:
    """`/chuyen-sinh-hoat/`"""
    shown = {"doubles": receptions.doubles(), "taken": Reception.objects.filter(withdrawn=False).count()}
    return render(request, "province/receptions.html", shown)


@guard.staff_page
@require_POST
def settle(request: HttpRequest, leaving: UUID) -> HttpResponse:
    """The question is answered; the answer goes into the log."""
    try:
        receptions.settle(leaving, str(request.POST.get("note", "")), guard.who(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Đã ghi cách giải quyết vào nhật ký.")
    return HttpResponseRedirect("/chuyen-sinh-hoat/")
