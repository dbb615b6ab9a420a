"""A page of somebody else's, open in the browser of somebody who is logged in (issue 7, item 6).

It stands on another port of the same host, where SameSite lets the cookies through, and on another host's name. Whatever it tries,
nothing is changed, nothing is read, and the socket stays shut. A script that gets into a page of ours isn't run.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.people import CustomerPerson
from tests.e2e.server import LiveServer

HOSTS = ["localhost", "127.0.0.1"]

ATTACK = """async ({url, websocket}) => {
    const told = {};
    const attempt = async (name, path, how) => {
        try {
            const answer = await fetch(url + path, {credentials: "include", ...how});
            told[name] = answer.type === "opaque" ? "sent blind" : `read ${answer.status}`;
        } catch (error) { told[name] = "stopped"; }
    };
    const car = JSON.stringify({make: "Stolen", model: "Car", year: "2001"});
    await attempt("read", "/api/customer/profile", {});
    await attempt("json", "/api/customer/vehicles", {method: "POST", headers: {"Content-Type": "application/json"}, body: car});
    await attempt("blind json", "/api/customer/vehicles", {method: "POST", mode: "no-cors", body: car});
    await attempt("blind form", "/api/customer/logout-everywhere", {method: "POST", mode: "no-cors", body: new URLSearchParams({a: "1"})});
    await attempt("delete", "/api/customer/schedule/hold", {method: "DELETE"});
    const plain = "/_event/?EIO=4&transport=websocket";
    for (const path of [plain, plain + "&token=11111111-1111-4111-8111-111111111111"]) {
        told[path] = await new Promise((tell) => {
            const socket = new WebSocket(websocket + path);
            socket.onopen = () => tell("opened");
            socket.onerror = () => tell("refused");
        });
    }
    await attempt("polling", "/_event/?EIO=4&transport=polling", {});
    return told;
}"""


@contextmanager
def foreign_site() -> Iterator[int]:
    """A site of somebody else's; yields its port."""

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>A prize</title>")

        def log_message(self, *_args: object) -> None:
            """Nobody wants to read it."""

    server = ThreadingHTTPServer(("0.0.0.0", 0), Empty)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def a_customer(server: LiveServer) -> CustomerPerson:
    customer = CustomerPerson(server)
    customer.sign_up()
    customer.verify()
    customer.log_in()
    return customer


def logged_in_page(browser: Browser, server: LiveServer, customer: CustomerPerson) -> Page:
    context = browser.new_context(base_url=server.url)
    token = customer.client.headers["Authorization"].removeprefix("Bearer ")
    context.add_cookies([{"name": "aad_customer", "value": token, "url": server.url, "httpOnly": True, "sameSite": "Lax"}])
    return context.new_page()


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_page_changes_nothing_and_opens_no_socket(browser: Browser, server: LiveServer, host: str) -> None:
    victim = a_customer(server)
    vehicles = victim.get("/api/customer/vehicles")
    page = logged_in_page(browser, server, victim)
    with foreign_site() as port:
        page.goto(f"http://{host}:{port}/")
        told = page.evaluate(ATTACK, {"url": server.url, "websocket": server.url.replace("http", "ws", 1)})
    assert {name: word for name, word in told.items() if word in {"opened"} or word.startswith("read")} == {}
    assert victim.get("/api/customer/vehicles") == vehicles
    assert victim.get("/api/customer/profile")["id"]
    page.context.close()


@pytest.mark.parametrize("host", HOSTS)
def test_a_foreign_form_that_sends_itself_changes_nothing(browser: Browser, server: LiveServer, host: str) -> None:
    victim = a_customer(server)
    page = logged_in_page(browser, server, victim)
    with foreign_site() as port:
        page.goto(f"http://{host}:{port}/")
        page.set_content(f'<form method="post" enctype="text/plain" action="{server.url}/api/customer/logout-everywhere"></form>')
        with page.expect_navigation():
            page.evaluate("document.forms[0].submit()")
    assert victim.get("/api/customer/profile")["id"]
    page.context.close()


def test_a_page_of_ours_stands_in_no_foreign_frame_and_runs_no_foreign_script(browser: Browser, server: LiveServer) -> None:
    victim = a_customer(server)
    page = logged_in_page(browser, server, victim)
    with foreign_site() as port:
        page.goto(f"http://localhost:{port}/")
        with page.expect_console_message(lambda said: "frame-ancestors 'none'" in said.text):
            page.set_content(f'<iframe src="{server.url}/customer/dashboard"></iframe>')
    page.goto("/pricing")
    page.get_by_role("heading").first.wait_for()
    ran = page.evaluate(
        """() => new Promise((tell) => {
            document.addEventListener("securitypolicyviolation", () => tell("stopped"));
            window.stolen = () => tell("ran");
            const script = document.createElement("script");
            script.textContent = "window.stolen()";
            document.body.append(script);
        })"""
    )
    assert ran == "stopped"
    page.context.close()
