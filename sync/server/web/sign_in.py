"""The door: sign in, sign out, change the password."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from desktop_app.domain.errors import Refused
from sync.server import audit
from sync.server.web import guard


def door(request: HttpRequest) -> HttpResponse:
    """`/vao/`"""
    after = _own_address(request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        return HttpResponseRedirect(after) if guard.is_staff(request) else _page(request, after, "", "")
    name = str(request.POST.get("name", "")).strip()
    try:
        guard.sign_in(request, name, str(request.POST.get("password", "")))
    except Refused as refused:
        return _page(request, after, name, str(refused), 403)
    return HttpResponseRedirect(after)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """`/ra/`"""
    logout(request)
    return HttpResponseRedirect("/vao/")


@guard.staff_page
def password(request: HttpRequest) -> HttpResponse:
    """`/doi-mat-khau/`"""
    assert isinstance(request.user, User)
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        audit.note(guard.who(request), "Đổi mật khẩu", None)
        messages.success(request, "Đã đổi mật khẩu.")
        return HttpResponseRedirect("/")
    return render(request, "province/password.html", {"form": form}, status=200 if request.method == "GET" else 400)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that is too old, or did not come from our pages."""
    return render(request, "province/stale.html", status=403)


def _page(request: HttpRequest, after: str, name: str, problem: str, status: int = 200) -> HttpResponse:
    shown = {"next": after, "name": name, "problem": problem}
    return render(request, "province/door.html", shown, status=status)


def _own_address(given: str) -> str:
    """Where to go after the door: only a page of this server."""
    parts = urlsplit(given)
    own = given.startswith("/") and not given.startswith(("//", "/\\")) and not parts.netloc
    return given if own else "/"
