"""The conversation: messages on two sides, their files, and the line that says who is writing (M2)."""

from __future__ import annotations

from typing import Any

import reflex as rx

from autodoctor.ui.js.local_time import day_line, local_time
from autodoctor.ui.js.trouble_codes import trouble_codes


def message(line: Any, read_mark: Any = 0) -> rx.Component:
    """One message, the reader's own on the right, with the day above it where the day changes.

    `read_mark` is the number of the reader's last message that the other side has read.
    """
    return rx.fragment(
        day_line(at=line.at, previous=line.previous_at),
        rx.el.div(
            rx.el.p(rx.cond(line.mine, "You", line.author), class_name=rx.cond(line.mine, "visually-hidden", "chat-author")),
            rx.cond(line.text != "", rx.el.p(line.text, class_name="chat-text")),
            trouble_codes(codes=line.codes),
            rx.foreach(line.files, file_preview),
            rx.el.p(local_time(at=line.at, look="time"), rx.cond(line.seq == read_mark, " · Read", ""), class_name="chat-time"),
            class_name="chat-message",
            custom_attrs={"data-mine": rx.cond(line.mine, "yes", "no")},
        ),
        key=line.id,
    )


def file_preview(file: Any) -> rx.Component:
    """A picture as itself, anything else as a line with its name; both open the file."""
    return rx.el.a(
        rx.match(
            file.kind,
            ("image", _picture(file)),
            ("pdf", _paper(file, "PDF")),
            _paper(file, "File"),
        ),
        href=file.url,
        target="_blank",
        rel="noopener",
        class_name="file-preview",
    )


def _picture(file: Any) -> rx.Component:
    return rx.cond(
        file.thumb_url != "",
        rx.el.img(src=file.thumb_url, alt=file.name, class_name="file-picture"),
        _paper(file, "Picture"),
    )


def _paper(file: Any, kind: str) -> rx.Component:
    return rx.el.span(
        rx.el.span(kind, class_name="file-kind"),
        rx.el.span(file.name, class_name="file-name"),
        rx.el.span(file.size, class_name="file-size"),
        class_name="file-paper",
    )
