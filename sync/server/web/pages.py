"""*Hồ sơ*, *Bảng điều hành*, *Nhật ký*: lists that open."""

from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sync.server import held, receptions
from sync.server.models import ACCEPTED, RECEIVED, RETURNED, AuditLog, Device, Quarantine, Submission, Unit
from sync.server.web import guard

ON_A_PAGE = 50
QUIET_AFTER = timedelta(days=30)


def waiting() -> QuerySet[Submission]:
    """Submissions on which it is the province's turn, the longest waiting first."""
    return Submission.objects.filter(state=RECEIVED, replaced=False).order_by("received")


@guard.staff_page
def inbox(request: HttpRequest) -> HttpResponse:
    """`/`: submissions by state."""
    newest = Submission.objects.order_by("-received")
    tabs = {
        "cho-duyet": ("Chờ duyệt", waiting()),
        "tra-lai": ("Đã trả lại", newest.filter(state=RETURNED, replaced=False)),
        "da-duyet": ("Đã duyệt", newest.filter(state=ACCEPTED)),
        "tat-ca": ("Tất cả", newest),
    }
    chosen = request.GET.get("loc", "cho-duyet")
    title, found = tabs.get(chosen, tabs["cho-duyet"])
    shown = {
        "tabs": [(key, label, query.count(), label == title) for key, (label, query) in tabs.items()],
        "page": Paginator(found.select_related("unit").defer("content"), ON_A_PAGE).get_page(request.GET.get("trang")),
        "chosen": chosen if chosen in tabs else "cho-duyet",
    }
    return render(request, "province/inbox.html", shown)


@guard.staff_page
def dashboard(request: HttpRequest) -> HttpResponse:
    """`/bang-dieu-hanh/`: how the units stand."""
    now = timezone.now()
    connected = Unit.objects.filter(devices__province=False, devices__revoked=None).distinct()
    quiet = connected.exclude(contact__gte=now - QUIET_AFTER).order_by("contact")
    shown = {
        "units": Unit.objects.count(),
        "connected": connected.count(),
        "devices": Device.objects.filter(province=False, revoked=None).count(),
        "this_week": Unit.objects.filter(contact__gte=now - timedelta(days=7)).count(),
        "waiting": waiting().count(),
        "oldest": waiting().defer("content").first(),
        "returned": Submission.objects.filter(state=RETURNED, replaced=False).count(),
        "accepted": Submission.objects.filter(state=ACCEPTED).count(),
        "quiet": quiet[:20],
        "quiet_count": quiet.count(),
        "quarantined": Quarantine.objects.count(),
        "doubles": len(receptions.doubles()),
        "held": held.waiting(),
        "latest": Submission.objects.select_related("unit").defer("content").order_by("-received")[:8],
    }
    return render(request, "province/dashboard.html", shown)


@guard.staff_page
def log(request: HttpRequest) -> HttpResponse:
    """`/nhat-ky/`: who did what."""
    lines = AuditLog.objects.select_related("unit").order_by("-at", "-pk")
    return render(
        request, "province/log.html", {"page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("trang"))}
    )
