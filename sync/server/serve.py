"""`run`: the web server itself, waitress with threads; its first line says where it listens."""

from __future__ import annotations

import json
import logging
import signal
import sys
from logging.handlers import RotatingFileHandler

from desktop_app.domain.errors import Trouble
from sync.server.place import ADMINISTRATOR, Place, first_administrator
from sync.server.settings import PACKET_LIMIT

THREADS = 8


def run(place: Place, host: str, port: int, as_json: bool) -> None:
    """Serve until stopped. Port 0 takes a free one. Raises `Trouble` if the address is taken."""
    import waitress
    import waitress.server
    from django.core.wsgi import get_wsgi_application

    from sync.server import projections, salvage, snapshots, watching

    _log_to(place)
    password = first_administrator()
    projections.look_again()
    snapshots.sweep()
    waitress.server.BaseWSGIServer.channel_class = salvage.Channel
    try:
        server = waitress.create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=THREADS,
            max_request_body_size=PACKET_LIMIT,  # the wire says "too_large" long before, in its own words
            trusted_proxy="127.0.0.1",  # TLS is spoken by a proxy on this machine
            trusted_proxy_headers={"x-forwarded-proto", "x-forwarded-for"},
            clear_untrusted_proxy_headers=True,
            ident="",
        )
    except OSError as error:
        raise Trouble(f"Không nghe được ở {host}:{port}: {error.strerror}. Hãy chọn cổng khác bằng --port.") from error
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # answers under way are finished
    watch = watching.begin(place.data)
    _announce(f"http://{host}:{server.effective_port}", password, as_json)
    try:
        server.run()
    finally:
        watch.set()
        server.close()


def _announce(url: str, password: str | None, as_json: bool) -> None:
    if as_json:
        administrator = ADMINISTRATOR if password else None
        print(json.dumps({"url": url, "administrator": administrator, "password": password}), flush=True)
        return
    print(f"Máy chủ tỉnh đang chạy ở {url} (Ctrl+C để dừng)", flush=True)
    if password:
        print(f"Tài khoản quản trị: {ADMINISTRATOR}\nMật khẩu (chỉ hiện lần này): {password}", flush=True)


def _log_to(place: Place) -> None:
    """Warnings on stderr and, bounded, in the data folder."""
    to_file = RotatingFileHandler(place.data / "server.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8")
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        handlers=[to_file, logging.StreamHandler(sys.stderr)],
    )
