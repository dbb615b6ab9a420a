"""What stands in the gallery: each page, in whose eyes, and what is done with it first."""

from __future__ import annotations

from tests.e2e import gallery_moments as moments
from tests.e2e.gallery_money import a_month_and_trouble, money_shots
from tests.e2e.gallery_shot import Shot, cookie
from tests.e2e.gallery_world import World

PUBLIC = {
    "home": "/",
    "pricing": "/pricing",
    "signup": "/signup",
    "login": "/login",
    "login-ended": "/login?next=%2Fcustomer%2Fdashboard&ended=1",
    "admin-login": "/admin/login",
    "forgot-password": "/forgot-password",
    "reset-password": "/reset-password?token=none",
    "contact": "/contact",
    "terms": "/terms",
    "privacy": "/privacy",
    "waiver": "/waiver",
    "not-found": "/no-such-page",
    "dev-outbox": "/dev/outbox",
    "mechanic-login": "/mechanic/login",
    "mechanic-signup": "/mechanic/signup",
    "mechanic-forgot-password": "/mechanic/forgot-password",
    "mechanic-reset-password": "/mechanic/reset-password?token=none",
}


def shots(world: World) -> list[Shot]:
    """The gallery, in the order of a visit: the last ones leave nobody waiting."""
    return [
        *_public(world),
        *_customers(world),
        *_mechanics(world),
        *_earnings(world),
        *_admins(world),
        *_rooms(world),
        *_afterwards(world),
        *money_shots(world),
        *_at_last(world),
    ]


def _public(world: World) -> list[Shot]:
    checkout = world.newcomer.check_out()
    pages = {**PUBLIC, "sandbox-checkout": checkout["url"].removeprefix(world.server.url)}
    return [
        *(Shot(name, path) for name, path in pages.items()),
        Shot("offline", "/offline.html"),
        Shot("dev-components", "/dev/components", then=moments.every_state),
        Shot("broken", "/dev/components", then=moments.broken),
        Shot("checkout-success-unpaid", f"/checkout/success?session_id={checkout['id']}", cookie(world.newcomer)),
    ]


def _customers(world: World) -> list[Shot]:
    newcomer, rated, planner = cookie(world.newcomer), cookie(world.rated), cookie(world.planner)
    undescribed = cookie(world.undescribed)
    intake = f"/intake?session_id={world.undescribed.active()['session']['id']}"
    return [
        Shot("intake", intake, undescribed),
        Shot("intake-codes", intake, undescribed, then=moments.type_a_code),
        Shot("customer-verify", "/customer/verify", cookie(world.unverified)),
        Shot("customer-dashboard-empty", "/customer/dashboard", newcomer),
        Shot("customer-dashboard-waiting", "/customer/dashboard", cookie(world.waiting)),
        Shot("customer-dashboard-undescribed", "/customer/dashboard", undescribed),
        Shot("customer-dashboard-accepted", "/customer/dashboard", cookie(world.talking)),
        Shot("customer-dashboard-history", "/customer/dashboard", rated),
        Shot("customer-dashboard-nothing-fits", "/customer/dashboard?status=cancelled&q=zeppelin", rated),
        Shot("customer-dashboard-booked", "/customer/dashboard", planner),
        Shot("customer-schedule", "/customer/schedule?plan=video15&left=1", planner),
        Shot("customer-schedule-move", f"/customer/schedule?move={world.planned_session}", planner),
        Shot("customer-schedule-nothing", "/customer/schedule?plan=diagnostic", newcomer),
        Shot("customer-vehicles", "/customer/vehicles", rated),
        Shot("customer-vehicles-undo", "/customer/vehicles", rated, then=moments.remove_and_undo),
        Shot("customer-profile", "/customer/profile", rated),
        Shot("customer-session", f"/customer/sessions/{world.rated_session}", rated),
        Shot("customer-session-report", f"/customer/sessions/{world.reported_session}", cookie(world.diagnosed)),
    ]


def _mechanics(world: World) -> list[Shot]:
    busy, planned = cookie(world.busy), cookie(world.planned)
    return [
        Shot("mechanic-dashboard", "/mechanic/dashboard", cookie(world.idle)),
        Shot("mechanic-dashboard-review", "/mechanic/dashboard", cookie(world.reviewed)),
        Shot("mechanic-dashboard-offline", "/mechanic/dashboard", cookie(world.offline)),
        Shot("mechanic-dashboard-busy", "/mechanic/dashboard", busy),
        Shot("mechanic-dashboard-booked", "/mechanic/dashboard", planned),
        Shot("mechanic-availability", "/mechanic/availability", planned),
        Shot("mechanic-availability-empty", "/mechanic/availability", busy),
        Shot("mechanic-profile", "/mechanic/profile", busy),
        Shot("mechanic-history", "/mechanic/dashboard?tab=history&plan=chat10", busy),
        Shot("mechanic-page", f"/mechanics/{world.busy.user_id}", cookie(world.rated)),
        Shot("mechanic-page-own", f"/mechanics/{world.reviewed.user_id}", cookie(world.reviewed)),
        Shot("mechanic-page-missing", f"/mechanics/{world.rated.user_id}"),
        Shot("mechanic-palette", "/mechanic/dashboard", busy, then=moments.palette),
        Shot("mechanic-session", f"/mechanic/sessions/{world.rated_session}", busy),
        Shot("mechanic-session-report", f"/mechanic/sessions/{world.reported_session}", cookie(world.senior)),
    ]


def _earnings(world: World) -> list[Shot]:
    page, done = "/mechanic/dashboard?tab=earnings", "/mechanic/onboarding/success"
    paid, unready = world.earners.paid, world.earners.unready
    return [
        Shot("mechanic-earnings", page, cookie(paid)),
        Shot("mechanic-earnings-empty", page, cookie(world.offline)),
        Shot("mechanic-earnings-waiting", page, cookie(world.busy)),
        Shot("mechanic-earnings-missing", page, cookie(unready)),
        Shot("mechanic-onboarding-success", done, cookie(paid)),
        Shot("mechanic-onboarding-missing", done, cookie(unready)),
        Shot("mechanic-earnings-checking", page, cookie(unready), before=lambda: moments.account_is_checked(world)),
        Shot("mechanic-earnings-closed", page, cookie(unready), before=lambda: moments.account_is_closed(world)),
    ]


def _admins(world: World) -> list[Shot]:
    admin = cookie(world.admin)
    return [
        Shot("admin-unattended", "/admin/unattended", admin, before=lambda: moments.unattended(world)),
        Shot("admin-assign", "/admin/unattended", admin, press="Assign: "),
        Shot("admin-assign-refused", "/admin/unattended", admin, press="Assign: ", then=lambda page: moments.refused(world, page)),
        Shot("admin-intakes", "/admin/intakes", admin),
        Shot("admin-intakes-nothing", "/admin/intakes?q=nothing", admin),
        Shot("admin-sessions", "/admin/sessions", admin),
        Shot("admin-sessions-all", "/admin/sessions?show=all", admin),
        Shot("admin-sessions-found", "/admin/sessions?show=all&status=completed&plan=chat10&q=robin", admin),
        Shot("admin-sessions-nothing", "/admin/sessions?show=all&status=scheduled&q=nobody", admin),
        Shot("admin-sessions-backwards", "/admin/sessions?show=all&from=2026-03-02&to=2026-03-01", admin),
        Shot("admin-session-live", f"/admin/sessions/{world.talking_session}", admin, then=moments.read_conversation),
        Shot("admin-session-end", f"/admin/sessions/{world.talking_session}", admin, then=moments.ask_to_end),
        Shot("admin-mechanics", "/admin/mechanics?standing=all", admin),
        Shot("admin-mechanics-review", "/admin/mechanics", admin),
        Shot("admin-mechanics-suspend", "/admin/mechanics?standing=approved", admin, then=moments.ask_to_suspend),
        Shot("admin-mechanics-nobody", "/admin/mechanics?q=nobody", admin),
        Shot("admin-palette", "/admin/account", admin, then=lambda page: moments.find_by_palette(world, page)),
        Shot("admin-account", "/admin/account", admin),
        Shot("admin-account-scan", "/admin/account", admin, then=moments.scan),
        Shot("admin-account-codes", "/admin/account", admin, then=lambda page: moments.recovery_codes(world, page)),
        Shot("admin-audit", "/admin/audit", admin),
        Shot("admin-audit-nothing", "/admin/audit?action=delete_session&day=2020-01-01", admin),
        Shot("admin-cleanup", "/admin/cleanup", admin, press="Run cleanup"),
        Shot("admin-cleanup-found", "/admin/cleanup", admin, press="Run cleanup", before=lambda: moments.left_alone(world)),
    ]


def _rooms(world: World) -> list[Shot]:
    talking, busy, diagnosing = cookie(world.talking), cookie(world.busy), cookie(world.diagnosing)
    chat, diagnostic = f"/chat/{world.talking_session}", f"/diagnostic/{world.diagnosing_session}"
    return [
        Shot("room-customer", chat, talking),
        Shot("room-mechanic", chat, busy),
        Shot("room-picture", chat, talking, then=moments.open_picture),
        Shot("room-plan-editor", chat, busy, then=lambda page: moments.open_tabs(page, "Notes", "Action plan")),
        Shot("room-diagnostic", diagnostic, diagnosing),
        Shot("room-report", diagnostic, diagnosing, then=lambda page: moments.open_tabs(page, "Notes")),
        Shot("room-report-editor", diagnostic, cookie(world.senior), then=lambda page: moments.open_tabs(page, "Notes", "Report")),
        Shot("room-stranger", chat, cookie(world.newcomer)),
    ]


def _afterwards(world: World) -> list[Shot]:
    asked, asking, complete = cookie(world.asked), cookie(world.asking), "/session/complete?sessionId="
    return [
        Shot("mechanic-dashboard-follow-up", "/mechanic/dashboard", asked),
        Shot("mechanic-session-follow-up", f"/mechanic/sessions/{world.asked_session}", asked),
        Shot("customer-session-follow-up", f"/customer/sessions/{world.asked_session}", asking),
        Shot("session-complete-follow-up", f"{complete}{world.asked_session}", asking),
        Shot("session-complete-unrated", f"{complete}{world.unrated_session}", cookie(world.unrated)),
        Shot("session-complete-report", f"{complete}{world.reported_session}", cookie(world.diagnosed)),
        Shot("session-complete", f"{complete}{world.rated_session}", cookie(world.rated)),
        Shot("session-complete-mechanic", f"{complete}{world.rated_session}", cookie(world.busy)),
    ]


def _at_last(world: World) -> list[Shot]:
    admin = cookie(world.admin)
    return [
        Shot("admin-overview", "/admin/overview", admin, before=lambda: a_month_and_trouble(world)),
        Shot("admin-overview-table", "/admin/overview?span=90-days", admin, then=moments.open_table),
        Shot("admin-overview-new", "/admin/overview", is_new=True),
        Shot("admin-unattended-empty", "/admin/unattended", admin, before=lambda: moments.nobody_waits(world)),
    ]
