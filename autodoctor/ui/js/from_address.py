"""What a page's address says, for pages that are built once for everybody."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.js.scripts import library


class _FromAddress(rx.Component):
    library = library("from_address.jsx")


class AddressNotice(_FromAddress):
    """Says what `cases` has for the value of `name` in the address; `*` stands for any other value."""

    tag = "AddressNotice"

    name: rx.Var[str]
    cases: rx.Var[dict[str, str]]
    tone: rx.Var[str]


class AddressField(_FromAddress):
    """A hidden field with the value of `name` in the address."""

    tag = "AddressField"

    name: rx.Var[str]


class TimeZoneField(_FromAddress):
    """A hidden field with the reader's time zone."""

    tag = "TimeZoneField"

    name: rx.Var[str]


class OnwardLink(_FromAddress):
    """A link that hands on the page's `?next=`."""

    tag = "OnwardLink"

    href: rx.Var[str]
    label: rx.Var[str]


class KeepOnward(_FromAddress):
    """Keeps the page's `?next=` for the login that follows a verification mail."""

    tag = "KeepOnward"


class TakeOnward(_FromAddress):
    """Brings what `KeepOnward` kept back into the address, on `/login?verified=1`."""

    tag = "TakeOnward"


class FreshDoor(_FromAddress):
    """A login page that an ended login led to is loaded anew once: the socket still has the old cookie, the browser may have a new one."""

    tag = "FreshDoor"


address_notice = AddressNotice.create
address_field = AddressField.create
time_zone_field = TimeZoneField.create
onward_link = OnwardLink.create
keep_onward = KeepOnward.create
take_onward = TakeOnward.create
fresh_door = FreshDoor.create
