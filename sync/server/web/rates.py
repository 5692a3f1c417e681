"""*Danh mục*: the dated figures and words of forms that hold in every unit, and the form that sends a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from desktop_app.domain import dates, rate_values
from desktop_app.domain.errors import Refused
from desktop_app.domain.form_texts import Source
from sync.server import rates
from sync.server.web import guard


@guard.staff_page
def catalogue(request: HttpRequest) -> HttpResponse:
    """`/danh-muc/`: every table with what holds now."""
    areas: dict[str, list[tuple[str, str, rates.Shown | None]]] = {}
    for name, table in rates.declared().items():
        found = rates.entries(name)
        areas.setdefault(table["area"], []).append((name, table["label"], found[0] if found else None))
    forms: dict[str, list[Source]] = {}
    for source in rates.sources().values():
        forms.setdefault(source.area, []).append(source)
    return render(request, "province/rates.html", {"areas": areas, "forms": forms})


@guard.staff_page
def table(request: HttpRequest, name: str) -> HttpResponse:
    """`/danh-muc/NAME/`: the entries of a table or one text of a form; a POST sends a new one. Of a form: its texts."""
    if name in rates.sources():
        shown = {"source": rates.sources()[name], "texts": rates.texts(name), "refused": rates.words()["refused"]}
        return render(request, "province/texts.html", shown)
    label = rates.label(name)
    if label is None:
        raise Http404
    declared = rates.declared().get(name, {})
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
            messages.success(request, f"Đã ban hành {label} từ {day}. Các đơn vị nhận ở lần đồng bộ sau.")
            return HttpResponseRedirect(request.path)
    entries = rates.entries(name)
    many_lines = declared.get("kind") in ("rows", "words", "certificates") or "\n" in entries[0].text
    if not given["value"] and (many_lines or not declared):
        given["value"] = entries[0].text
    shown = {
        "label": label, "entries": entries, "given": given, "problem": problem, "many_lines": many_lines,
        "heading": rate_values.heading(declared) if declared.get("kind") == "rows" else "",
        "back": "" if declared else name.partition("/")[0],
    }  # fmt: skip
    return render(request, "province/rate.html", shown, status=409 if problem else 200)
