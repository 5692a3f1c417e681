"""What every answer tells the browser to refuse, and cookies that never travel in the clear where TLS is spoken."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
"""No script at all; nothing from elsewhere."""


def strict_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware of this module."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'"
        response["X-Frame-Options"] = "DENY"
        response.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            response["Strict-Transport-Security"] = "max-age=31536000"
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response

    return answer
