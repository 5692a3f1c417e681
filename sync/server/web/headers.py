"""What every answer tells the browser to refuse, and cookies that never travel in the clear where TLS is spoken."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sync.envelope import MEDIA_TYPE
from sync.link import CONTENT_TYPE

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
"""No script at all; nothing from elsewhere."""

PLAIN = (MEDIA_TYPE, CONTENT_TYPE)
"""Answers to a desktop: no browser shows them, and on a slow line every byte of a header counts."""


def strict_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware of this module."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers.get("Content-Type") in PLAIN:
            for name in ("Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options"):
                response.headers.pop(name, None)
            return response
        response["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'"
        response["X-Frame-Options"] = "DENY"
        response.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            response["Strict-Transport-Security"] = "max-age=31536000"
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response

    return answer
