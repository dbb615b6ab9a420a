"""Leaving for an address that is no page of ours, such as a route of the API."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class LeaveFor(rx.Component):
    """Nothing on the page itself; "" stays here. Who gives the path has seen to it that it is our own (`guard.own_path`)."""

    library = library("leave_for.jsx")
    tag = "LeaveFor"

    to: rx.Var[str]


leave_for = LeaveFor.create
