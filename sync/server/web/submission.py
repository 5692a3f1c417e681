"""One submission: its figures, what changed since the version before, and the two buttons."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from desktop_app.domain.errors import Refused
from sync.server import figures, signatures, verdicts
from sync.server.models import Submission, Verdict
from sync.server.web import guard

CELL = "o-"
"""The form's names of notes on cells begin so."""


@guard.staff_page
def page(request: HttpRequest, id_: UUID) -> HttpResponse:
    """`/ho-so/ID/`"""
    submission = Submission.objects.select_related("unit", "op").filter(pk=id_).first()
    if submission is None:
        raise Http404
    if request.method != "POST":
        return _page(request, submission, "", figures.notes(submission), "")
    note = str(request.POST.get("note", ""))
    cells = {
        name.removeprefix(CELL): str(text).strip()
        for name, text in request.POST.items()
        if name.startswith(CELL) and str(text).strip()
    }
    try:
        _decide(request, submission, note, cells)
    except Refused as refused:
        return _page(request, submission, note, cells, str(refused))
    return HttpResponseRedirect("/")


def _decide(request: HttpRequest, submission: Submission, note: str, cells: dict[str, str]) -> None:
    what = f"{submission.unit.name}: {submission.form}, lần {submission.version}"
    if request.POST.get("verdict") == "accept":
        if note.strip() or cells:
            raise Refused("Có ghi chú thì hãy bấm Trả lại; muốn duyệt, hãy xóa các ghi chú.")
        verdicts.accept(submission, guard.who(request))
        messages.success(request, f"Đã duyệt. {what}.")
    else:
        verdicts.send_back(submission, note, cells, guard.who(request))
        messages.success(request, f"Đã trả lại. {what}.")


def _page(
    request: HttpRequest,
    submission: Submission,
    note: str,
    cells: dict[str, str],
    problem: str,
) -> HttpResponse:
    earlier, report = figures.before(submission), submission.report
    enclosures = report.get("enclosures")
    shown = {
        "submission": submission,
        "before": earlier,
        "newest": verdicts.latest(submission),
        "figures": figures.figures(submission, earlier, cells),
        "signatures": signatures.of(submission),
        "verdicts": Verdict.objects.filter(submission=submission).order_by("op__seq"),
        "own_rates": [each for each in report.get("own_rates") or () if isinstance(each, dict)],
        "enclosures": enclosures if isinstance(enclosures, dict) else {},
        "explanation": str(report.get("explanation") or ""),
        "note": note,
        "problem": problem,
        "has_notes": bool(cells),
    }
    return render(request, "province/submission.html", shown, status=409 if problem else 200)
