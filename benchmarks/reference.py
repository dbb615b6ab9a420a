"""What a socket server can do at best on this machine: python-socketio alone, no state, no database.

Everybody who connects is in one room; what is posted to /emit is sent to all of them.
"""

from __future__ import annotations

import json
from typing import Any

import socketio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.reflex_client import NAMESPACE

ROOM = "board"

sio = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", transports=["websocket"])


async def enter(sid: str, _environ: dict[str, Any], _auth: Any = None) -> None:
    await sio.enter_room(sid, ROOM, namespace=NAMESPACE)


sio.on("connect", enter, namespace=NAMESPACE)


async def emit(request: Request) -> JSONResponse:
    await sio.emit("event", json.loads(await request.body()), room=ROOM, namespace=NAMESPACE)
    return JSONResponse({"received": True})


api = Starlette(routes=[Route("/emit", emit, methods=["POST"])])
app = socketio.ASGIApp(sio, api, socketio_path="/_event/")
