"""A small HTTP server on loopback that answers what a test tells it to."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Stub:
    """Answers every GET and POST with `status` and `body`; `asked` are the paths it was asked for, `sent` what was posted, unpacked."""

    status: int = 200
    body: str = "{}"
    url: str = ""
    asked: list[str] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)


@contextmanager
def http_stub(stub: Stub) -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stub.asked.append(self.path)
            self._answer()

        def do_POST(self) -> None:
            stub.asked.append(self.path)
            body = self._body()
            stub.sent.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self._answer()

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def _answer(self) -> None:
            self.send_response(stub.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(stub.body.encode())))
            self.end_headers()
            self.wfile.write(stub.body.encode())

        def log_message(self, *_words: object) -> None:
            """Quiet: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
