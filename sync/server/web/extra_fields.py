"""*Mục hồ sơ*: what the province asks of people besides the usual record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from desktop_app.domain import extras
from desktop_app.domain.errors import Refused
from sync.server import extra_fields
from sync.server.web import guard

_ASKED = ("code", "label", "kind", "choices", "since", "until", "law")


@guard.staff_page
def page(request: HttpRequest) -> HttpResponse:
    """`/muc-ho-so/`: the fields, and the form that defines one."""
    given: dict[str, object] = {name: str(request.POST.get(name, "")) for name in _ASKED}
    given["sensitive"] = request.POST.get("sensitive") == "on"
    problem = ""
    if request.method == "POST":
        try:
            made = extra_fields.define(given, guard.who(request))
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"Đã đặt mục {made.label}. Các đơn vị nhận ở lần đồng bộ sau.")
            return HttpResponseRedirect(request.path)
    shown = {"fields": extra_fields.defined(), "kinds": extras.KINDS, "given": given, "problem": problem}
    return render(request, "province/extra_fields.html", shown, status=409 if problem else 200)
