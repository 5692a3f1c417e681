"""How this PC goes out: the office's proxy, and a certificate authority of the province's own.

Facts about the book, kept in its encrypted file: a proxy's password is nowhere in the clear. What the system says
(Windows' settings, HTTPS_PROXY) counts where nothing is set here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from desktop_app.domain.errors import Problem, Refused
from desktop_app.storage.book import Book

if TYPE_CHECKING:
    from sync.link import Way

DIRECT = "không"
"""Typed instead of an address: no proxy at all, whatever the system says."""
_LARGEST = 1 << 20
_PROXY = "Địa chỉ proxy chưa đúng. Hãy viết như http://10.0.0.1:8080, hoặc http://tên:mật-khẩu@10.0.0.1:8080."


@dataclass(frozen=True)
class Shown:
    """What stands set: the proxy's address without its password, and whom the chosen certificate is of, "" none."""

    proxy: str
    authority: str

    def answer(self) -> dict[str, Any]:
        """As the command line answers it."""
        return {"proxy": self.proxy, "authority": self.authority}


def way(book: Book) -> Way | None:
    """What the link is to use; None where nothing is set."""
    from sync.link import Way

    kept = book.about("network")
    return msgspec.msgpack.decode(kept, type=Way) if kept else None


def look(book: Book) -> Shown:
    """What is set now."""
    known = way(book)
    if known is None:
        return Shown("", "")
    parts = urlsplit(known.proxy)
    host = known.proxy if known.proxy == DIRECT else parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return Shown(host, _authority(known.authority) if known.authority else "")


def choose(book: Book, proxy: str | None = None, authority: Path | str | None = None) -> Shown:
    """Set the proxy ("" = as the system says) and the file of the authority (PEM or DER; "" = none); None leaves it.

    Raises `Refused` (fields "proxy", "authority").
    """
    from sync.link import Way

    known = way(book) or Way()
    if proxy is not None and proxy.strip() != look(book).proxy:
        known = msgspec.structs.replace(known, proxy=_proxy(proxy.strip()))
    if authority is not None:
        known = msgspec.structs.replace(known, authority=_read(Path(authority)) if str(authority) else b"")
    book.note("network", b"" if known == Way() else msgspec.msgpack.encode(known))
    return look(book)


def _proxy(typed: str) -> str:
    if not typed or typed.casefold() == DIRECT:
        return typed.casefold()
    try:
        parts = urlsplit(typed if "://" in typed else f"http://{typed}")
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or port is None or parts.path.strip("/"):
        raise Refused([Problem("proxy", _PROXY)])
    return parts._replace(path="").geturl()


def _read(file: Path) -> bytes:
    """The certificates of a file, as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        content = file.read_bytes() if file.stat().st_size <= _LARGEST else b""
        is_pem = b"-----BEGIN" in content
        found = x509.load_pem_x509_certificates(content) if is_pem else [x509.load_der_x509_certificate(content)]
    except (OSError, ValueError) as error:
        raise Refused(
            [Problem("authority", f"{file.name} không phải tệp chứng chỉ (.pem, .crt, .cer). Hãy xin lại LĐLĐ tỉnh.")]
        ) from error
    return b"".join(one.public_bytes(Encoding.PEM) for one in found)


def _authority(pem: bytes) -> str:
    from cryptography import x509

    (first, *_) = x509.load_pem_x509_certificates(pem)
    names = first.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(names[0].value) if names else first.subject.rfc4514_string()
