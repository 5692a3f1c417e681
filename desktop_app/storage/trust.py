"""Which providers of digital signatures are trusted: the program's, those the province sent, those the union added."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from datetime import date

import resources
from desktop_app.domain.certificates import pem_as_der
from desktop_app.storage.book import Book
from desktop_app.storage.rules import rules


def trusted(book: Book, day: date) -> tuple[bytes, ...]:
    """The certificates (DER) of the providers that are trusted on a day."""
    return (*shipped(), *(b64decode(text) for text in rules(book).trusted_certificates(day)))


def shipped() -> tuple[bytes, ...]:
    """Those of the program's own folder; a file that is not the one its source publishes is left out."""
    found = []
    for told in resources.read("certificates/sources.toml")["certificate"]:
        der = pem_as_der(resources.path(f"certificates/{told['file']}").read_text("utf-8"))
        if hashlib.sha256(der).hexdigest() == told["sha256"]:
            found.append(der)
    return tuple(found)
