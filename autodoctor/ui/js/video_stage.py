"""The picture of a room (M3). Loads LiveKit's client by itself, when it is shown."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library

PACKAGES = ("livekit-client@2.23.0", "@livekit/components-react@2.9.24", "@livekit/components-styles@1.2.0", "tslib@2.9.1")
"""Installed by `rxconfig.py`."""


class VideoStage(rx.Component):
    """`kind`: `party` (checks camera and microphone first) or `observer` (sees and is not seen).
    `on_come_in`: ready to be met, now and again."""

    library = library("video_stage.jsx")
    tag = "VideoStage"

    session_id: rx.Var[str]
    kind: rx.Var[str]
    other_name: rx.Var[str]
    is_recorded: rx.Var[bool]
    on_come_in: rx.EventHandler[rx.event.no_args_event_spec]


video_stage = VideoStage.create
