"""What stands between an office and the province: a proxy that may ask for a password, TLS by an authority of one's own."""

from __future__ import annotations

import base64
import contextlib
import datetime
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HOST = "tinh.test"
"""A name that only the proxy knows."""


@dataclass
class Proxy:
    """Knows CONNECT only; every name is this machine. `asked` are the hosts it was asked for."""

    url: str
    password: str = ""
    asked: list[str] = field(default_factory=list)

    def carry(self, near: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = near.recv(65536)
            if not piece:
                return
            head += piece
        target = head.split()[1].decode()
        self.asked.append(target)
        right = base64.b64encode(self.password.encode())
        if self.password and right not in head:
            near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", int(target.rpartition(":")[2]))) as far:
            near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pump(near, far)


def pump(near: socket.socket, far: socket.socket) -> None:
    """Bytes both ways until one end is done."""
    ways = {near: far, far: near}
    while True:
        for source in select.select(list(ways), [], [])[0]:
            piece = source.recv(65536)
            if not piece:
                return
            ways[source].sendall(piece)


@contextlib.contextmanager
def proxy(password: str = "") -> Iterator[Proxy]:
    """A proxy on this machine; `password` as "name:password"."""
    made = Proxy("", password)
    with _listening(made.carry) as port:
        made.url = f"http://127.0.0.1:{port}"
        yield made


@contextlib.contextmanager
def tls(url: str, authority: Authority, host: str = HOST, days: int = 1) -> Iterator[str]:
    """The server of an address behind TLS, under a name; answers its new address. `days` < 0: expired then."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certificate(host, days))
    port_of_server = urlsplit(url).port

    def carry(near: socket.socket) -> None:
        with (
            context.wrap_socket(near, server_side=True) as plain,
            socket.create_connection(("127.0.0.1", port_of_server or 0)) as far,
        ):
            pump_tls(plain, far)

    with _listening(carry) as port:
        yield f"https://{HOST}:{port}"


def pump_tls(near: ssl.SSLSocket, far: socket.socket) -> None:
    """As `pump`, with an end whose bytes may wait inside TLS."""
    while True:
        ready = [near] if near.pending() else select.select([near, far], [], [])[0]
        for source in ready:
            piece = source.recv(65536)
            if not piece:
                return
            (far if source is near else near).sendall(piece)


@contextlib.contextmanager
def _listening(carry: Callable[[socket.socket], None]) -> Iterator[int]:
    def serve(listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=quietly, args=(near,), daemon=True).start()

    def quietly(near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            carry(near)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


class Authority:
    """A certificate authority of the province's own; `file` is what units get."""

    def __init__(self, folder: Path, name: str = "LĐLĐ tỉnh Nghệ An CA") -> None:
        self._folder, self._key = folder, ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self._own = self._signed(self._name, self._key, None, 365)
        self.file = folder / "ca.crt"
        self.file.write_bytes(self._own.public_bytes(Encoding.PEM))

    def certificate(self, host: str, days: int) -> Path:
        """A file with a host's certificate and key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._signed(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)]), key, host, days)
        file = self._folder / "host.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(private + made.public_bytes(Encoding.PEM))
        return file

    def _signed(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, host: str | None, days: int) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=30))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host is not None:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return made.sign(self._key, hashes.SHA256())
