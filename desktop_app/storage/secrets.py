"""The book's key: random, wrapped twice, never on disk in clear.

Beside `book.db` lies `book.keys` (JSON): the key wrapped by the recovery code, and, where no keyring is had,
by a passphrase (argon2id, then AES-256-GCM). Where the system has a keyring that is not plain text the key
itself is kept there instead. If `SOCONGDOAN_PASSPHRASE` is set the keyring is never asked.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import Refused, Trouble

PASSPHRASE_VARIABLE = "SOCONGDOAN_PASSPHRASE"  # noqa: S105 - the name of the variable
SERVICE = "So Cong doan"
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS = 6
_DAMAGED = "Tệp khóa của sổ bị hỏng. Hãy khôi phục từ bản sao lưu bằng mã khôi phục."
_ARGON = {"iterations": 3, "lanes": 2, "memory_cost": 64 * 1024}


def new_key() -> bytes:
    """A fresh book key (32 bytes)."""
    return secrets.token_bytes(32)


def new_recovery_code() -> str:
    """A code to print and keep: 6 groups of 5 letters, 150 bits, without letters that look alike."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(_GROUPS))


def wrap(key: bytes, phrase: str) -> dict[str, Any]:
    """The key sealed by a passphrase or recovery code, as a JSON-ready mapping."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_stretch(phrase, salt, _ARGON)).encrypt(nonce, key, b"so cong doan 1")
    return {"argon2id": dict(_ARGON)} | {
        name: b64encode(value).decode() for name, value in (("salt", salt), ("nonce", nonce), ("sealed", sealed))
    }


def unwrap(wrapped: Mapping[str, Any], phrase: str, what: str) -> bytes:
    """The key again. Raises `Refused` when the phrase is wrong (`what` names it), `Trouble` for a damaged wrap."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        salt, nonce, sealed = (b64decode(wrapped[name]) for name in ("salt", "nonce", "sealed"))
        return AESGCM(_stretch(phrase, salt, wrapped["argon2id"])).decrypt(nonce, sealed, b"so cong doan 1")
    except InvalidTag as error:
        raise Refused(f"{what} không đúng. Hãy kiểm tra rồi nhập lại.") from error
    except (KeyError, TypeError, ValueError, MemoryError) as error:
        raise Trouble(_DAMAGED) from error


def _stretch(phrase: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=salt,
        length=32,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_cost"],
    ).derive(normal(phrase).encode())


def normal(phrase: str) -> str:
    """A recovery code as typed by hand: case, blanks and dashes do not matter; a passphrase stays as it is."""
    squeezed = phrase.upper().replace("-", "").replace(" ", "")
    if len(squeezed) == 5 * _GROUPS and set(squeezed) <= set(_ALPHABET):
        return squeezed
    return phrase


def keep(keys_file: Path, key: bytes, recovery_code: str, passphrase: str | None = None) -> None:
    """Store the key for this PC: the wraps into `keys_file`, the key into the keyring where one is had.

    A keys file that is already there is set aside, never lost. Raises `Trouble` if there is neither keyring nor
    passphrase.
    """
    wraps: dict[str, Any] = {"version": 1, "recovery": wrap(key, recovery_code)}
    passphrase = passphrase or os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase:
        wraps["passphrase"] = wrap(key, passphrase)
    else:
        ring = _keyring()
        if ring is None:
            raise Trouble(
                "Máy này không có kho khóa của hệ điều hành. Hãy đặt mật khẩu mở sổ "
                f"(biến {PASSPHRASE_VARIABLE}) rồi làm lại."
            )
        name = secrets.token_hex(8)
        ring.set_password(SERVICE, name, key.hex())
        wraps["keyring"] = name
    if keys_file.exists():
        os.replace(keys_file, keys_file.with_name(f"{keys_file.name}.{secrets.token_hex(4)}.cu"))
    write_whole(keys_file, json.dumps(wraps, indent=1).encode())


def change_recovery_code(keys_file: Path, key: bytes, recovery_code: str) -> None:
    """From now on this code opens the book; the old one opens older backups only. Raises `Trouble`."""
    wraps = _wraps(keys_file)
    write_whole(keys_file, json.dumps({**wraps, "recovery": wrap(key, recovery_code)}, indent=1).encode())


def fetch_by_code(keys_file: Path, recovery_code: str) -> bytes:
    """The book key by its recovery code. Raises `Refused` on a wrong code, `Trouble` if the file holds none."""
    wraps = _wraps(keys_file)
    if "recovery" not in wraps:
        raise Trouble(_DAMAGED)
    return unwrap(wraps["recovery"], recovery_code, "Mã khôi phục")


def fetch(keys_file: Path, passphrase: str | None = None) -> bytes:
    """The book key on this PC. Raises `Refused` on a wrong passphrase, `Trouble` if no way leads to the key."""
    wraps = _wraps(keys_file)
    passphrase = passphrase or os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase and "passphrase" in wraps:
        return unwrap(wraps["passphrase"], passphrase, "Mật khẩu mở sổ")
    if "keyring" in wraps and (ring := _keyring()) is not None:
        found = ring.get_password(SERVICE, wraps["keyring"])
        if found:
            return bytes.fromhex(found)
    raise Trouble("Không lấy được khóa của sổ. Hãy nhập mật khẩu mở sổ, hoặc khôi phục bằng mã khôi phục.")


def fetch_ahead(keys_file: Path) -> Callable[[], bytes]:
    """Begin `fetch` on a thread while the program loads: argon2id takes its time on purpose, on the other core.

    The answer, when called, waits for the key and raises what `fetch` raises. One that is never called does no harm.
    """
    found: list[bytes | Exception] = []

    def work() -> None:
        try:
            found.append(fetch(keys_file))
        except Exception as error:  # told to whoever asks for the key
            found.append(error)

    begun = threading.Thread(target=work, daemon=True)
    begun.start()

    def key() -> bytes:
        begun.join()
        (got,) = found
        if isinstance(got, Exception):
            raise got
        return got

    return key


def _wraps(keys_file: Path) -> dict[str, Any]:
    try:
        wraps: dict[str, Any] = json.loads(keys_file.read_text("utf-8"))
        if not isinstance(wraps, dict):
            raise ValueError("not a mapping")
        return wraps
    except FileNotFoundError as error:
        if keys_file.with_suffix(".db").exists():
            told = f"Thiếu tệp khóa {keys_file.name} bên cạnh sổ. Hãy chép lại tệp này"
            raise Trouble(f"{told}, hoặc khôi phục từ bản sao lưu bằng mã khôi phục.") from error
        raise Trouble("Chưa có sổ ở đây. Hãy tạo sổ mới (init) hoặc khôi phục từ bản sao lưu (restore).") from error
    except (OSError, ValueError) as error:
        raise Trouble(_DAMAGED) from error


def needs_passphrase(keys_file: Path) -> bool:
    """Whether this book opens by a passphrase only. Raises `Trouble` if its keys cannot be read."""
    wraps = _wraps(keys_file)
    return "passphrase" in wraps and "keyring" not in wraps


def has_keyring() -> bool:
    """Whether this PC can keep the key by itself, so that no passphrase is needed."""
    return _keyring() is not None


def _keyring() -> Any:
    """The system's keyring, or None where there is none or it would keep the key in plain text."""
    import keyring

    backend = keyring.get_keyring()
    home = f"{type(backend).__module__}.{type(backend).__name__}"
    refused = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")
    return None if home.startswith(refused) or "Plaintext" in home else backend


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a power cut leaves the old or the new one, never half."""
    temporary = path.with_name(path.name + ".moi")
    try:
        with open(temporary, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):  # half of it would only take up the room that was missing
            temporary.unlink()
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
