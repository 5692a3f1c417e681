"""What carries the messages: HTTPS through `requests`, bounded, counted, and truthful about what went wrong."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import msgspec

from desktop_app.domain.errors import Problem, Refused, Trouble
from sync.envelope import MEDIA_TYPE, MOST_SENT

if TYPE_CHECKING:
    import requests

_CONNECT_SECONDS = 10
_SILENCE_SECONDS = 60
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

_BITE = 16 << 10
CONTENT_TYPE = "application/octet-stream"
"""Of an answer that is bytes of a content."""
MESSAGE_HEADER = "X-Socongdoan"
"""Where the message (base64) stands if the body is bytes of a content."""

HALF = "Mạng bị ngắt giữa chừng. Mọi thay đổi còn nguyên trong máy này và sẽ được gửi tiếp ở lần đồng bộ sau."


_PROXY_ASKS = (
    "Mạng ở đây đi qua proxy và proxy đòi mật khẩu. Hãy hỏi người quản trị mạng rồi nhập địa chỉ kèm tên, mật khẩu ở"
    " Đồng bộ, Cách vào mạng. Mọi thay đổi còn nguyên trong máy này."
)
_NO_PROXY = (
    "Không qua được proxy của mạng ở đây. Hãy xem lại địa chỉ proxy ở Đồng bộ, Cách vào mạng, hoặc hỏi người quản trị"
    " mạng. Mọi thay đổi còn nguyên trong máy này."
)


class Offline(Trouble):
    """The server cannot be reached now; nothing is wrong with the book or its enrolment."""


class Cut(Exception):
    """The exchange broke off and may be tried again; the text is what to say if no try succeeds."""


class Way(msgspec.Struct, frozen=True):
    """How a PC goes out: a proxy ("" = as the system says, "không" = none) and certificates (PEM) of an own authority
    that is trusted besides the known ones.
    """

    proxy: str = ""
    authority: bytes = b""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its status and whole body."""

    status: int
    body: bytes


def address(typed: str) -> str:
    """A server's address as it is used. Raises `Refused` unless it is https:// (or http:// on this very PC)."""
    url = typed.strip().rstrip("/")
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return url
    if parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return url
    raise Refused([Problem("server", "Địa chỉ máy chủ phải bắt đầu bằng https://. Hãy xem lại giấy của LĐLĐ tỉnh.")])


class Link:
    """One server, one connection kept open. `sent`, `received`: bytes with headers, without TLS."""

    def __init__(self, url: str, way: Way | None = None) -> None:
        self.url, self._way = address(url), way or Way()
        self.sent = self.received = 0
        self._session: requests.Session | None = None

    def post(self, path: str, body: bytes) -> Answer:
        """Send a message, answer what came back. Raises `Cut` if it is worth another try, else `Trouble`."""
        return self._say("POST", path, body, {}, None)

    def put(self, path: str, message: bytes, body: bytes) -> Answer:
        """Send bytes of a content; the message about them stands in a header. Raises as `post`."""
        return self._say("PUT", path, body, _with(message), None)

    def fetch(self, path: str, message: bytes, take: Callable[[bytes], None]) -> Answer:
        """Ask for a content and hand its bytes over as they come: what came before a `Cut` was handed over, too.

        Raises as `post`; an answer with a body is a refusal.
        """
        return self._say("GET", path, None, _with(message), take)

    def _say(
        self, verb: str, path: str, body: bytes | None, headers: dict[str, str], take: Callable[[bytes], None] | None
    ) -> Answer:
        import requests

        try:
            answer = self._opened().request(
                verb,
                self.url + path,
                data=body,
                headers=headers,
                timeout=(_CONNECT_SECONDS, _SILENCE_SECONDS),
                allow_redirects=False,
                stream=True,
            )
            host = len(urlsplit(self.url).netloc) + 8
            self.sent += len(body or b"") + _headers_size(answer.request.headers) + len(verb + path) + 12 + host
            media = answer.headers.get("Content-Type", "")
            with answer:
                if take is not None and media == CONTENT_TYPE and answer.status_code == 200:
                    content, size = b"", self._hand_over(answer, take)
                else:
                    content = answer.raw.read(MOST_SENT + 1, decode_content=False)
                    size = len(content)
                if answer.headers.get("Content-Length", str(size)) != str(size):
                    raise Cut(HALF)
            self.received += len(content) + _headers_size(answer.headers) + 17
        except requests.exceptions.RequestException as error:
            raise self._told(error) from error
        except (OSError, _broken()) as error:
            raise Cut(HALF) from error
        if media.startswith("text/"):
            raise self._not_ours(answer.status_code)
        if media not in (MEDIA_TYPE, CONTENT_TYPE):
            raise Cut(HALF)
        return Answer(answer.status_code, content)

    def _hand_over(self, answer: requests.Response, take: Callable[[bytes], None]) -> int:
        size = 0
        while piece := answer.raw.read(_BITE, decode_content=False):
            size += len(piece)
            self.received += len(piece)
            take(piece)
        return size

    def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            self._session.close()

    def _opened(self) -> requests.Session:
        if self._session is None:
            import requests
            from urllib3.util import SKIP_HEADER

            self._session = requests.Session()
            self._session.trust_env = urlsplit(self.url).hostname not in _LOOPBACK and not self._way.proxy
            if self._way.proxy.startswith("http"):
                self._session.proxies = {"http": self._way.proxy, "https": self._way.proxy}
            if self._way.authority or self._way.proxy:
                self._session.mount("https://", _adapter(self._way.authority))
            self._session.headers.clear()
            # The address says what the body is; urllib3 would add more than the message's own size to a quiet sync.
            self._session.headers.update({"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER})
        return self._session

    def _told(self, error: Exception) -> Exception:
        """A failure of `requests` as what it means to the user."""
        import requests
        from urllib3.exceptions import MaxRetryError

        cause = error.args[0] if error.args else None
        if isinstance(error, requests.exceptions.SSLError):
            return Trouble(_untrusted(str(error)))
        if isinstance(error, requests.exceptions.ProxyError):
            return Offline(_PROXY_ASKS if " 407" in str(error) else _NO_PROXY)
        unreached = isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(cause, MaxRetryError)
        if unreached or not isinstance(error, requests.exceptions.ConnectionError | requests.exceptions.Timeout):
            return Offline(
                f"Không tới được máy chủ {urlsplit(self.url).netloc}. Hãy kiểm tra mạng rồi thử lại; mọi thay đổi"
                " còn nguyên trong máy này."
            )
        return Cut(HALF)

    def _not_ours(self, status: int) -> Exception:
        host = urlsplit(self.url).netloc
        if status == 407:
            return Offline(_PROXY_ASKS)
        if status >= 500:
            return Cut(f"Máy chủ {host} đang bận hoặc gặp lỗi (mã {status}). Hãy thử lại sau ít phút.")
        return Offline(
            f"Trả lời từ {host} không phải của máy chủ Sổ Công đoàn (mã {status}). Hãy kiểm tra địa chỉ máy chủ,"
            " hoặc mở trình duyệt để đăng nhập mạng Wi-Fi nếu mạng đòi."
        )


def _adapter(authority: bytes) -> Any:
    """An adapter of `requests` that trusts these certificates (PEM) besides the known ones, and that can tell a proxy a
    name and password with Vietnamese letters.
    """
    from requests.adapters import HTTPAdapter
    from urllib3.util.ssl_ import create_urllib3_context

    class Adapter(HTTPAdapter):
        def _trusting(self) -> dict[str, Any]:
            if not authority:
                return {}
            made = create_urllib3_context()
            made.load_verify_locations(cadata=authority.decode("ascii"))
            return {"ssl_context": made}

        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **named: Any) -> None:
            super().init_poolmanager(connections, maxsize, block, **{**named, **self._trusting()})

        def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
            return super().proxy_manager_for(proxy, **{**named, **self._trusting()})

        def proxy_headers(self, proxy: str) -> dict[str, str]:
            parts = urlsplit(proxy)
            if not parts.username:
                return {}
            told = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            return {"Proxy-Authorization": f"Basic {base64.b64encode(told.encode()).decode()}"}

    return Adapter()


def _untrusted(told: str) -> str:
    """What is wrong with a server's certificate, as far as OpenSSL says it."""
    if "expired" in told or "not yet valid" in told:
        return (
            "Chứng chỉ của máy chủ đã hết hạn hoặc chưa có hiệu lực theo ngày giờ của máy này. Hãy xem lại ngày giờ của"
            " máy; nếu đúng thì báo cho LĐLĐ tỉnh."
        )
    if "self-signed" in told or "self signed" in told or "issuer certificate" in told:
        return (
            "Máy này chưa biết nơi cấp chứng chỉ của máy chủ nên không gửi gì. Nếu LĐLĐ tỉnh dùng chứng chỉ riêng thì"
            " xin tệp chứng chỉ rồi chọn ở Đồng bộ, Cách vào mạng."
        )
    return "Không kiểm chứng được máy chủ (chứng chỉ không đúng với địa chỉ này). Hãy xem lại địa chỉ máy chủ."


def _with(message: bytes) -> dict[str, str]:
    return {MESSAGE_HEADER: base64.b64encode(message).decode()}


def _broken() -> type[Exception]:
    from urllib3.exceptions import HTTPError

    return HTTPError


def _headers_size(headers: Any) -> int:
    return sum(len(str(name)) + len(str(value)) + 4 for name, value in headers.items() if "SKIP" not in repr(value))
