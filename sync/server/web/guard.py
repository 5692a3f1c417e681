"""Who may see the staff's pages, and from where a password may be typed."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth import authenticate, login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from desktop_app.domain.errors import Problem, Refused
from sync.server.models import FailedSignIn

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]

WINDOW = timedelta(minutes=15)
TRIES, TRIES_OF_AN_ADDRESS, TRIES_OF_A_NAME = 5, 30, 100
"""Of a name from one address, of one address, of a name from everywhere (which also shuts its owner out)."""


def staff_page(page: Page[P]) -> Page[P]:
    """A page of signed-in staff; others are sent to the door and come back here."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_staff(request):
            return HttpResponseRedirect("/vao/?" + urlencode({"next": request.get_full_path()}))
        return page(request, *args, **kwargs)

    return guarded


def is_staff(request: HttpRequest) -> bool:
    """Whether staff is signed in."""
    return isinstance(request.user, User) and request.user.is_active and request.user.is_staff


def who(request: HttpRequest) -> str:
    """The name under which staff decides."""
    assert isinstance(request.user, User)
    return request.user.get_full_name() or request.user.get_username()


def sign_in(request: HttpRequest, name: str, password: str) -> None:
    """Begin a session. Raises `Refused`, also after too many wrong tries of a name or of an address."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not (request.is_secure() or _is_this_machine(address)):
        raise Refused("Trang này chỉ nhận mật khẩu qua kết nối bảo mật. Hãy mở bằng địa chỉ https://.")
    now, name = timezone.now(), name.replace("\0", "")[:150]
    FailedSignIn.objects.filter(at__lt=now - WINDOW).delete()
    recent = FailedSignIn.objects.filter(at__gte=now - WINDOW)
    if (
        recent.filter(name=name, address=address).count() >= TRIES
        or recent.filter(address=address).count() >= TRIES_OF_AN_ADDRESS
        or recent.filter(name=name).count() >= TRIES_OF_A_NAME
    ):
        raise Refused("Đã thử sai quá nhiều lần. Hãy đợi 15 phút rồi đăng nhập lại.")
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User) or not user.is_staff:
        FailedSignIn.objects.create(name=name, address=address, at=now)
        raise Refused([Problem("password", "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy thử lại.")])
    recent.filter(name=name, address=address).delete()
    login(request, user)


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
