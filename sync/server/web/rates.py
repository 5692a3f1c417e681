"""*Danh mục*: the dated figures that hold in every unit, and the form that sends a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from desktop_app.domain import dates, rate_values
from desktop_app.domain.errors import Refused
from sync.server import rates
from sync.server.web import guard


@guard.staff_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """`/danh-muc/`: every table with what holds now."""
    areas: dict[str, list[tuple[str, str, rates.Shown | None]]] = {}
    for name, table in rates.declared().items():
        found = rates.entries(name)
        areas.setdefault(table["area"], []).append((name, table["label"], found[0] if found else None))
    return render(request, "province/rates.html", {"areas": areas})


@guard.staff_page
def table(request: HttpRequest, name: str) -> HttpResponse:
    """`/danh-muc/NAME/`: the entries of a table; a POST sends a new one."""
    declared = rates.declared().get(name)
    if declared is None:
        raise Http404
    given = {key: str(request.POST.get(key, "")) for key in ("since", "value", "law")}
    problem = ""
    if request.method == "POST":
        try:
            sent = rates.send(name, given["since"], given["value"], given["law"], guard.who(request))
        except Refused as refused:
            problem = str(refused)
        else:
            assert sent.since is not None
            day = dates.show_day(sent.since)
            messages.success(request, f"Đã ban hành {declared['label']} từ {day}. Các đơn vị nhận ở lần đồng bộ sau.")
            return HttpResponseRedirect(request.path)
    entries = rates.entries(name)
    many_lines = declared["kind"] in ("rows", "words")
    if not given["value"] and many_lines and entries:
        given["value"] = entries[0].text
    shown = {
        "declared": declared, "entries": entries, "given": given, "problem": problem, "many_lines": many_lines,
        "heading": rate_values.heading(declared) if declared["kind"] == "rows" else "",
    }  # fmt: skip
    return render(request, "province/rate.html", shown, status=409 if problem else 200)
