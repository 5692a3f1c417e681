"""The one style sheet, kept by the browser until it changes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import Library

FILE = Path(__file__).parents[1] / "static" / "style.css"
register = Library()


def style(request: HttpRequest) -> HttpResponse:
    """`/style.css`"""
    answer = HttpResponse(FILE.read_bytes(), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@register.simple_tag
def style_address() -> str:
    """The sheet's address, another one for another content."""
    return f"/style.css?{_version()}"


@lru_cache(maxsize=1)
def _version() -> str:
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:8]
