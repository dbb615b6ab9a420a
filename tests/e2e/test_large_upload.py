"""Two gigabytes against a limit of a hundred megabytes: refused early, and the worker hardly notices (M5)."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.people import CustomerPerson
from tests.e2e.server import LiveServer
from tests.files import samples

MB = 1024 * 1024
TWO_GB = 2048 * MB
LIMIT = 100 * MB
MOST_GROWTH = 50 * MB


def processes_of(server: LiveServer) -> list[int]:
    """The server's processes: they share a group."""
    assert server.process is not None
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if os.getpgid(int(entry.name)) == server.process.pid:
                found.append(int(entry.name))
    return found


def memory_of(processes: list[int]) -> int:
    """Resident bytes of their own, together: files that are mapped and read don't count."""
    total = 0
    for pid in processes:
        with contextlib.suppress(OSError):
            lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
            total += int(lines["RssAnon"].split()[0]) * 1024
    return total


@contextlib.contextmanager
def watched(server: LiveServer) -> Iterator[list[int]]:
    """What the memory grew to, looked at all the while."""
    processes, seen, is_over = processes_of(server), [], threading.Event()
    assert processes
    seen.append(memory_of(processes))

    def look() -> None:
        while not is_over.wait(0.02):
            seen.append(memory_of(processes))

    watcher = threading.Thread(target=look)
    watcher.start()
    yield seen
    is_over.set()
    watcher.join()


def send(server: LiveServer, path: str, length: int, *, is_chunked: bool) -> tuple[int, int, float]:
    """PUT so many bytes as a stream. Answers the status (0 for a broken connection), how many went out, and the seconds it took."""
    part = bytes(MB)
    began, sent, status = time.monotonic(), 0, 0
    with socket.create_connection((urlsplit(server.url).hostname or "", server.port), timeout=60) as connection:
        size = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {length}"
        head = f"PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: video/mp4\r\n{size}\r\n\r\n"
        connection.sendall(head.encode())
        reader = connection.makefile("rb")
        answered = threading.Event()

        def hear() -> None:
            nonlocal status
            with contextlib.suppress(OSError):
                line = reader.readline()
                status = int(line.split()[1]) if line else 0
            answered.set()

        listener = threading.Thread(target=hear)
        listener.start()
        with contextlib.suppress(OSError):
            while sent < length and not answered.is_set():
                connection.sendall(b"%x\r\n" % MB + part + b"\r\n" if is_chunked else part)
                sent += MB
        listener.join(timeout=60)
        reader.close()
    return status, sent, time.monotonic() - began


@pytest.fixture
def customer(server: LiveServer) -> CustomerPerson:
    somebody = CustomerPerson(server)
    somebody.sign_up()
    somebody.verify()
    somebody.log_in()
    return somebody


def left_over(server: LiveServer) -> list[Path]:
    return [file for folder in ("incoming", "uploads") for file in (server.data_dir / folder).rglob("*") if file.is_file()]


def test_two_gigabytes_are_refused_and_take_no_memory(server: LiveServer, customer: CustomerPerson) -> None:
    customer.post("/api/uploads/sign", {"fileName": "a.mp4", "fileSize": TWO_GB, "fileType": "video/mp4"}, expect=413)
    film = samples.MP4 + bytes(LIMIT - len(samples.MP4))
    signed = {"fileName": "a.mp4", "fileSize": LIMIT, "fileType": "video/mp4"}
    with watched(server) as warm_up:
        path = customer.upload(film, "a.mp4", "video/mp4")
    assert max(warm_up) - warm_up[0] < MOST_GROWTH
    kept = left_over(server)
    assert [file.stat().st_size for file in kept] == [LIMIT]
    for is_chunked in (False, True):
        address = customer.post("/api/uploads/sign", signed)["uploadUrl"]
        with watched(server) as memory:
            status, sent, took_s = send(server, address, TWO_GB, is_chunked=is_chunked)
        print(f"chunked={is_chunked} status={status} sent={sent // MB} MB in {took_s:.1f} s, grew {(max(memory) - memory[0]) / MB:.1f} MB")
        assert status in {413, 0}
        assert sent < TWO_GB // 2
        assert max(memory) - memory[0] < MOST_GROWTH
        assert left_over(server) == kept
    assert customer.post("/api/intake/start", intake(path), expect=201)["success"]


def intake(path: str) -> dict[str, object]:
    return {"plan": "chat10", "name": "Robin Sample", "email": "robin@example.com", "concern": "It knocks when cold.", "files": [path]}
