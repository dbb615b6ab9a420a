"""The demo accounts (RUNNING.md) and a few more people, so that histories and ratings have somebody in them."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "demo-password-1"  # noqa: S105 - public by design, refused in production


@dataclass(frozen=True)
class DemoCustomer:
    email: str
    name: str
    phone: str
    city: str


@dataclass(frozen=True)
class DemoMechanic:
    email: str
    name: str
    bio: str
    senior: bool
    specialties: tuple[str, ...]


ADMIN = ("admin@demo.test", "Robin Keller")

CARLA = DemoCustomer("customer@demo.test", "Carla Reyes", "+1 503 555 0142", "Portland")
TOM = DemoCustomer("tom@demo.test", "Tom Becker", "+1 303 555 0177", "Denver")
CUSTOMERS = (CARLA, TOM)

MIKE = DemoMechanic(
    email="mechanic@demo.test",
    name="Mike Osei",
    bio="Fifteen years in an independent workshop. Brakes, suspension, and noises nobody else hears.",
    senior=False,
    specialties=("Brakes", "Suspension", "Japanese cars"),
)
SUSAN = DemoMechanic(
    email="senior@demo.test",
    name="Susan Lindqvist",
    bio="Master technician, twenty-two years, half of them on wiring faults.",
    senior=True,
    specialties=("Electrical", "Engine diagnosis", "Hybrids"),
)
MECHANICS = (MIKE, SUSAN)
