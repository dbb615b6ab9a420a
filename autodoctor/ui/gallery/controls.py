"""What people fill in, press, turn and open."""

from __future__ import annotations

import reflex as rx

from autodoctor.ui.components import buttons, dialogs, forms, layout, lists, text
from autodoctor.ui.gallery.specimen import Section, Specimen
from autodoctor.ui.js.fill_from import fill_from
from autodoctor.ui.js.instant import instant_button, instant_switch
from autodoctor.ui.js.open_part import open_parts
from autodoctor.ui.js.photo_upload import photo_upload
from autodoctor.ui.js.tabs import tabs
from autodoctor.ui.js.trouble_codes import code_hints
from autodoctor.ui.js.vin_decode import vin_row
from autodoctor.ui.past_asked import PastFrame

NOWHERE, NEVER = "/api/dev/nowhere", "/api/dev/never"
"""Addresses that nothing answers at: what is sent there is refused, or, where a test sees to it, never answered."""


def form_parts() -> Section:
    return Section(
        "Forms",
        (
            Specimen(forms.api_form, _forms()),
            Specimen(
                forms.field,
                {
                    "empty": forms.field("City", "city"),
                    "filled, with help": forms.field("Odometer", "odometer", default="120 000", help="In miles or kilometres."),
                    "a password": forms.field(
                        "Password", "password", type="password", default="not-a-real-one", autocomplete="current-password"
                    ),
                },
            ),
            Specimen(
                forms.text_area,
                {
                    "empty": forms.text_area("Details", "details"),
                    "filled": forms.text_area("Details", "details-filled", default="It rattles."),
                },
            ),
            Specimen(
                forms.checkbox,
                {
                    "not ticked": forms.checkbox("I am 18 or older", "adult"),
                    "ticked, with help": forms.checkbox("I am 18 or older", "adult-too", default=True, help="You have to be."),
                },
            ),
            Specimen(forms.select, {"one of several": forms.select("Year", "year", ["2001", "2002", "2003"], default="2003")}),
            Specimen(vin_row, {"with its button": rx.el.form(vin_row(forms.field("VIN", "vin")))}),
            Specimen(fill_from, {"a vehicle that is known": rx.el.form(fill_from(label="2003 Honda Accord", values={"make": "Honda"}))}),
            Specimen(photo_upload, {"nothing chosen": photo_upload(name="photos", label="Photos", help="Up to three.", max_files=3)}),
            Specimen(code_hints, {"type P0420": rx.el.form(forms.field("Concern", "concern"), code_hints(fields=["concern"]))}),
        ),
    )


def _forms() -> dict[str, rx.Component]:
    name, mail = forms.field("Name", "name", required=True), forms.field("Email", "email", type="email", required=True)
    return {
        "press Save: each field says what is wrong": forms.api_form(
            NOWHERE,
            name,
            forms.field("Year", "modelYear", required=True, help="Four figures."),
            forms.checkbox("I accept the waiver", "waiver", required=True),
            submit="Save",
        ),
        "press Send: refused as a whole": forms.api_form(NOWHERE, forms.hidden("about", "this"), submit="Send", kind="secondary"),
        "press Try: busy until it is answered": forms.api_form(NEVER, forms.field("City", "where", default="Halifax"), submit="Try"),
        "press Send message: something else stands in its place": forms.api_form(
            "/api/contact",
            mail,
            forms.hidden("name", "Gallery"),
            forms.hidden("message", "From the gallery of components."),
            submit="Send message",
            done=layout.stack(text.heading3("Thank you"), text.body("We answer to ", forms.sent("email"), ".")),
        ),
    }


def around_lists() -> Section:
    choices = {"chat10": "Quick Chat", "video15": "Standard Video"}
    narrow = lists.filter_form(lists.day_field("To", "to", "2026-03-02"), drawn="", on_submit=rx.noop())
    return Section(
        "Around lists",
        (
            Specimen(lists.ways, {"the first is here": lists.ways("Which", [("All", "#all", True), ("Open", "#open", False)])}),
            Specimen(lists.pages, {"in the middle": lists.pages(PastFrame(older="#older", newest="#newest"))}),
            Specimen(lists.search_form, {"with words": lists.search_form("Name", words="Robin", longest=100, on_submit=rx.noop())}),
            Specimen(lists.choice_field, {"one of several": lists.choice_field("Plan", "plan", "Any plan", choices, "chat10")}),
            Specimen(lists.day_field, {"empty": lists.day_field("From", "from", "")}),
            Specimen(lists.words_field, {"filled": lists.words_field("Vehicle", "Honda", longest=100, name="vehicle")}),
            Specimen(lists.filter_form, {"one field": narrow}),
        ),
    )


def at_once() -> Section:
    return Section(
        "Controls",
        (
            Specimen(
                instant_button,
                {
                    "at rest, busy once pressed": instant_button(label="Pass", waiting_label="Passing…", answered="", kind="secondary"),
                    "large": instant_button(label="Accept", waiting_label="Accepting…", answered="", large=True),
                },
            ),
            Specimen(
                instant_switch,
                {
                    "on": instant_switch(label="Online", checked=True, answered=""),
                    "off": instant_switch(label="Online", checked=False, answered=""),
                    "disabled": instant_switch(label="Online", checked=False, disabled=True, answered=""),
                },
            ),
            Specimen(tabs, {"the first one open": _tabs()}),
            Specimen(open_parts, {"opens the tab above": open_parts(names=["Earnings"], label="Show what you earned")}),
            Specimen(
                dialogs.confirm,
                {
                    "closed; press it": dialogs.confirm(
                        buttons.secondary("End session"),
                        title="End this session?",
                        text="It ends for both of you.",
                        confirm="End it",
                        dismiss="Stay",
                        on_confirm=rx.noop(),
                    )
                },
            ),
        ),
    )


def _tabs() -> rx.Component:
    words = ("Nobody waits.", "Two sessions.", "$16.00 this week.")
    return tabs(*(text.body(each) for each in words), names=["Requests", "History", "Earnings"], label="Work")
