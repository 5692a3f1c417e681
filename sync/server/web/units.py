"""*Đơn vị và thiết bị*: find, add, give a code, move the lease, revoke a PC, decide on what that one still sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from desktop_app.domain import vietnamese
from desktop_app.domain.amounts import format_amount
from desktop_app.domain.errors import Refused
from sync.server import gone, held, leases, units
from sync.server.models import Device, EnrolCode, Op, Quarantine, Submission, Unit
from sync.server.web import guard

ON_A_PAGE = 100
ACTS_SHOWN = 200


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
    given = units.give_code(unit, guard.who(request), lease="quyen" in request.POST)
    return _unit_page(request, unit, given)


@guard.staff_page
@require_POST
def revoke(request: HttpRequest, code: str, device: str) -> HttpResponse:
    """The PC gets nothing any more."""
    unit = _unit(code)
    pc = _device(unit, device)
    try:
        instead = Device.objects.filter(unit=unit, device=request.POST.get("thay", ""), province=False, revoked=None)
        units.revoke(pc, guard.who(request), instead.exclude(pk=pc.pk).first())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã thu hồi máy {pc.device}.")
    return HttpResponseRedirect(_address(unit))


@guard.staff_page
@require_POST
def take_held(request: HttpRequest, code: str, device: str) -> HttpResponse:
    """What a revoked PC still sent, up to the number `den`, counts."""
    return _decide(request, code, device, take=True)


@guard.staff_page
@require_POST
def drop_held(request: HttpRequest, code: str, device: str) -> HttpResponse:
    """What waits of a revoked PC is left."""
    return _decide(request, code, device, take=False)


def _decide(request: HttpRequest, code: str, device: str, *, take: bool) -> HttpResponse:
    unit = _unit(code)
    pc, upto = _device(unit, device), str(request.POST.get("den", ""))
    try:
        if take:
            count = held.take(pc, int(upto) if upto.isdecimal() and len(upto) < 18 else 0, guard.who(request))
            messages.success(request, f"Đã nhận {format_amount(count)} bản ghi của máy {pc.device} vào sổ của đơn vị.")
        else:
            count = held.drop(pc, guard.who(request))
            messages.success(request, f"Đã loại {format_amount(count)} bản ghi của máy {pc.device}; vẫn lưu ở máy chủ.")
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(_address(unit))


@guard.staff_page
@require_POST
def move_lease(request: HttpRequest, code: str, device: str) -> HttpResponse:
    """This PC closes months and gives the plain numbers from now on."""
    unit = _unit(code)
    pc = Device.objects.filter(unit=unit, device=device, province=False).first()
    if pc is None:
        raise Http404
    try:
        leases.move_by_staff(pc, guard.who(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã chuyển quyền ghi sổ sang máy {pc.device}. Các máy biết ở lần đồng bộ tới.")
    return HttpResponseRedirect(_address(unit))


def _unit_page(request: HttpRequest, unit: Unit, given: units.GivenCode | None) -> HttpResponse:
    devices = list(Device.objects.filter(unit=unit, province=False).order_by("issued"))
    kept = [(pc, held.acts(pc)) for pc in devices if pc.revoked]
    shown = {
        "unit": unit,
        "devices": devices,
        "numbers": {pc.pk: ", ".join(gone.last_numbers(pc)) for pc in devices if pc.revoked},
        "held": [(pc, acts[:ACTS_SHOWN], max(0, len(acts) - ACTS_SHOWN)) for pc, acts in kept if acts],
        "given": given,
        "holder": leases.holder(unit),
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


def _device(unit: Unit, device: str) -> Device:
    found = Device.objects.filter(unit=unit, device=device).first()
    if found is None:
        raise Http404
    return found


def _address(unit: Unit) -> str:
    return reverse("unit", args=[unit.code])
