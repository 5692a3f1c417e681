"""A unit's PC enrols and exchanges its ops with the server; what is wrong is refused and changes nothing."""

from __future__ import annotations

import secrets

import requests

from sync import messages, protocol
from sync.messages import EnrolReply, Refusal, SyncReply
from tests.server.desktop import Desktop, enrolled
from tests.server.running import Running


def test_two_pcs_of_a_unit_exchange_their_ops(server: Running) -> None:
    first = enrolled(server)
    second = Desktop(server.url, "40-001")
    second.enrol(server.enrolment_code("40-001"))
    for number in range(40):
        first.write(code=f"TM{number}", name="Quỹ tiền mặt " * 20)
    first.sync()
    second.write(code="NH")
    second.sync()
    first.sync()
    assert second.pulled == [(first.device, raw, payload) for raw, payload in first.ops]
    assert first.pulled == [(second.device, *second.ops[0])]
    assert first.cursor == second.cursor == (1, 41)


def test_a_replay_is_answered_from_state(server: Running) -> None:
    desktop = enrolled(server)
    desktop.write(code="TM")
    asked = desktop.request()
    answers = [desktop.send(asked) for _ in range(3)]
    assert [(a.confirmed, a.top) for a in answers if isinstance(a, SyncReply)] == [(1, 1)] * 3
    desktop.write(code="NH")
    again = desktop.send(desktop.request(first=1))
    assert isinstance(again, SyncReply)
    assert (again.confirmed, again.top) == (2, 2)


def test_what_is_wrong_with_a_message_is_told_by_its_code(server: Running) -> None:
    desktop, foreign = enrolled(server), enrolled(server, "40-002", "Công đoàn Trường Mầm non Hoa Sen")
    desktop.write(code="TM")
    desktop.sync()
    desktop.write(code="NH")
    good = messages.write(desktop.request(), desktop.seed)

    def reason(answer: object) -> str:
        assert isinstance(answer, Refusal), answer
        return answer.reason

    def sent(body: bytes) -> str:
        return messages.read(Refusal, desktop.post("/sync/v1", body)).message.reason

    assert sent(b"") == "malformed"
    assert sent(good[:-3]) == "malformed"
    assert sent(secrets.token_bytes(500)) == "malformed"
    assert sent(secrets.token_bytes(4 * 1024 * 1024 + 1)) == "too_large"
    assert requests.post(server.url + "/sync/v1", data=bytes(9 * 1024 * 1024), timeout=60).status_code == 413
    assert reason(desktop.send(seed=foreign.seed)) == "bad_signature"
    assert reason(desktop.send(desktop.request(union="40-002"))) == "foreign_union"
    assert reason(desktop.send(desktop.request(head=bytes(32)))) == "bad_chain"
    stranger = Desktop(server.url, "40-001", server_key=desktop.server_key)
    assert reason(stranger.send()) == "unknown_device"

    beyond = Desktop(server.url, "40-001", desktop.device, desktop.seed, server_key=desktop.server_key)
    for _ in range(3):
        beyond.write(code="TM")
    gap = beyond.send(beyond.request(first=3))
    assert (reason(gap), gap.confirmed) == ("gap", 1)
    assert reason(beyond.send(beyond.request(first=1))) == "fork"
    assert reason(beyond.send(beyond.request(first=2))) == "fork"

    reply = desktop.send()
    assert isinstance(reply, SyncReply)
    assert (reply.confirmed, reply.top) == (2, 2)
    refused = [line for line in (server.data / "server.log").read_text("utf-8").splitlines() if "refused" in line]
    assert len(refused) == 12
    assert not any(word in line for line in refused for word in ("TM", "Kế toán"))


def test_ops_nobody_here_understands_are_kept_and_passed_on(server: Running) -> None:
    desktop = enrolled(server)
    other = Desktop(server.url, "40-001")
    other.enrol(server.enrolment_code("40-001"))
    desktop.write("future_kind", value=1)
    desktop.keep(protocol.canonical([2, "not an op of this schema"]))
    desktop.write("submission", form=5)
    desktop.sync()
    other.sync()
    assert [raw for _, raw, _ in other.pulled] == [raw for raw, _ in desktop.ops]


def test_a_code_works_once_but_again_for_the_same_pc(server: Running) -> None:
    code = server.enrolment_code("40-001", "Công đoàn Công ty May Sông Lam")
    desktop = Desktop(server.url, "40-001")
    first = desktop.enrol(code.lower().replace("-", " "))
    again = desktop.enrol(code)
    assert isinstance(first, EnrolReply)
    assert isinstance(again, EnrolReply)
    assert (first.certificate, first.certificate_sig) == (again.certificate, again.certificate_sig)
    assert messages.is_signed(first.certificate, first.certificate_sig, first.server_key)
    assert (first.name, first.union) == ("Công đoàn Công ty May Sông Lam", "40-001")
    other = Desktop(server.url, "40-001").enrol(code)
    assert isinstance(other, Refusal)
    assert other.reason == "code_spent"


def test_five_wrong_codes_end_the_right_one(server: Running) -> None:
    code = server.enrolment_code("40-001", "Công đoàn Công ty May Sông Lam")
    elsewhere = server.enrolment_code("40-002", "Công đoàn Trường Mầm non Hoa Sen")
    desktop = Desktop(server.url, "40-001")
    tried = [desktop.enrol("AAAAA-AAAAA") for _ in range(5)] + [desktop.enrol(code), desktop.enrol(elsewhere)]
    assert [t.reason for t in tried if isinstance(t, Refusal)] == ["bad_code"] * 5 + ["code_spent", "foreign_union"]
    nobody = Desktop(server.url, "40-001\0").enrol("AAAAA-AAAAA")
    assert nobody.reason == "bad_code"
    fresh = desktop.enrol(server.enrolment_code("40-001"))
    assert isinstance(fresh, EnrolReply)
