"""*Đơn vị và thiết bị*: find, add, give a code, revoke a PC."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from desktop_app.domain import vietnamese
from desktop_app.domain.errors import Refused
from sync.server import units
from sync.server.models import Device, EnrolCode, Op, Quarantine, Submission, Unit
from sync.server.web import guard

ON_A_PAGE = 100


@guard.staff_page
def list_units(request: HttpRequest) -> HttpResponse:
    """`/don-vi/`, also where a unit is added."""
    problem, code, name = "", "", ""
    if request.method == "POST":
        code, name = str(request.POST.get("code", "")), str(request.POST.get("name", ""))
        try:
            made = units.add(code, name, guard.who(request))
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"Đã thêm {made.name}. Hãy cấp mã kết nối cho đơn vị.")
            return HttpResponseRedirect(_address(made))
    asked = request.GET.get("tim", "").strip()
    found = Unit.objects.order_by("code").annotate(
        pcs=Count("devices", filter=Q(devices__province=False, devices__revoked=None))
    )
    if asked:
        names = Unit.objects.values_list("pk", "code", "name")
        found = found.filter(pk__in=[pk for pk, of, called in names if vietnamese.matches(asked, f"{of} {called}")])
    shown = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("trang")),
        "asked": asked,
        "problem": problem,
        "code": code,
        "name": name,
    }
    return render(request, "province/units.html", shown, status=409 if problem else 200)


@guard.staff_page
def show_unit(request: HttpRequest, code: str) -> HttpResponse:
    """`/don-vi/CODE/`"""
    unit = _unit(code)
    return _unit_page(request, unit, None)


@guard.staff_page
@require_POST
def give_code(request: HttpRequest, code: str) -> HttpResponse:
    """A new code, shown on this answer only."""
    unit = _unit(code)
    return _unit_page(request, unit, units.give_code(unit, guard.who(request)))


@guard.staff_page
@require_POST
def revoke(request: HttpRequest, code: str, device: str) -> HttpResponse:
    """The PC may not exchange any more."""
    unit = _unit(code)
    held = Device.objects.filter(unit=unit, device=device).first()
    if held is None:
        raise Http404
    try:
        units.revoke(held, guard.who(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã thu hồi máy {held.device}.")
    return HttpResponseRedirect(_address(unit))


def _unit_page(request: HttpRequest, unit: Unit, given: units.GivenCode | None) -> HttpResponse:
    shown = {
        "unit": unit,
        "devices": Device.objects.filter(unit=unit, province=False).order_by("issued"),
        "given": given,
        "open_code": EnrolCode.objects.filter(unit=unit, device=None).order_by("-made").first(),
        "ops": Op.objects.filter(unit=unit).count(),
        "quarantined": Quarantine.objects.filter(op__unit=unit).count(),
        "submissions": Submission.objects.filter(unit=unit).defer("content").order_by("-received")[:30],
    }
    return render(request, "province/unit.html", shown)


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Http404
    return unit


def _address(unit: Unit) -> str:
    return reverse("unit", args=[unit.code])
