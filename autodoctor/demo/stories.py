"""Past consultations as they were told: who, which car, what was said, how it was rated."""

from __future__ import annotations

from dataclasses import dataclass

from autodoctor.demo.people import CARLA, MIKE, SUSAN, TOM, DemoCustomer, DemoMechanic


@dataclass(frozen=True)
class Car:
    year: int
    make: str
    model: str
    vin: str | None = None
    odometer: str | None = None


@dataclass(frozen=True)
class Story:
    """A finished Quick Chat. `lines` alternate as marked: "c" the customer speaks, "m" the mechanic."""

    days_ago: int
    customer: DemoCustomer
    mechanic: DemoMechanic
    car: Car
    concern: str
    details: str
    lines: tuple[tuple[str, str], ...]
    notes: str
    rating: int | None = None
    review: str | None = None


ACCORD = Car(2003, "Honda", "Accord", vin="1HGCM82633A004352", odometer="148000")

STORIES = (
    Story(
        days_ago=34,
        customer=CARLA,
        mechanic=MIKE,
        car=ACCORD,
        concern="Grinding noise from the front left when I brake",
        details="Started last week, worse downhill. The pedal feels normal.",
        lines=(
            ("m", "Hi Carla. Is the noise there only while you brake, or also when you just roll?"),
            ("c", "Only when I brake. It sounds like metal on metal."),
            ("m", "Then the pad on that side is most likely worn down to its backing plate. Can you see the disc through the wheel?"),
            ("c", "Yes, there is a deep groove all the way round."),
            ("m", "That settles it: pads and discs on the front axle, both sides. Please don't drive longer distances until that is done."),
            ("c", "What should that cost me?"),
            ("m", "For this car 250 to 380 dollars in an independent shop, parts included. Under two hours of work."),
        ),
        notes="Front pads worn to metal, left disc scored. Replace pads and discs on the front axle. Short trips only until then.",
        rating=5,
        review="He knew what it was after two questions, and the shop's quote was exactly in his range.",
    ),
    Story(
        days_ago=12,
        customer=CARLA,
        mechanic=SUSAN,
        car=ACCORD,
        concern="Check engine light, the reader says P0420",
        details="The car drives as always. A shop wants 1,400 dollars for a new catalytic converter.",
        lines=(
            ("m", "Good morning Carla. Before anybody replaces the converter: any oil or coolant loss lately?"),
            ("c", "A little coolant, I fill up a cup every month or so."),
            ("m", "Are there other codes stored besides P0420?"),
            ("c", "P0141 as well, but they said that doesn't matter."),
            ("m", "It does. P0141 is the heater of the rear oxygen sensor. With a cold sensor the car can report P0420 by itself."),
            ("c", "So not the converter?"),
            ("m", "Not proven. Have the rear sensor replaced first, about 120 dollars, then drive a week and read the codes again."),
        ),
        notes="P0420 together with P0141: replace the rear oxygen sensor first, then read again. Watch the coolant level.",
        rating=5,
        review="Saved me from a repair I may not need. Calm and clear.",
    ),
    Story(
        days_ago=6,
        customer=TOM,
        mechanic=MIKE,
        car=Car(2015, "Subaru", "Outback", odometer="92000"),
        concern="Clunk from the rear over speed bumps",
        details="New shocks two months ago.",
        lines=(
            ("m", "Hi Tom. One clunk per bump, or several in a row?"),
            ("c", "One, right after the rear wheels come down."),
            ("m", "Did the shop put in new upper mounts with the shocks?"),
            ("c", "I have the invoice here. Shocks only."),
            ("m", "Then I'd look at the upper mounts and the stabiliser links. Ask them to check both under warranty of their work."),
        ),
        notes="Suspect rear upper shock mounts or stabiliser links after a shock replacement without mounts.",
        rating=4,
        review="Good hints, the links it was.",
    ),
    Story(
        days_ago=2,
        customer=TOM,
        mechanic=SUSAN,
        car=Car(2018, "Toyota", "Prius", odometer="61000"),
        concern="12 V battery dead after three days of standing",
        details="Second time this month.",
        lines=(
            ("m", "Hello Tom. How old is the 12 V battery?"),
            ("c", "It is the first one, so six years."),
            ("m", "That is its normal life. Is anything plugged in while the car stands, a camera or a tracker?"),
            ("c", "A dash camera with parking mode."),
            (
                "m",
                "That is your answer: an old battery and a steady draw. Replace the battery, and let the camera switch off early.",
            ),
        ),
        notes="Replace the 12 V battery; limit the dash camera's parking mode.",
    ),
)
