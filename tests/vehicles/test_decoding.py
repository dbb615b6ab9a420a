"""From a VIN to a vehicle: the built-in data, the service behind it, and what happens when neither helps."""

from __future__ import annotations

import json

import pytest

from autodoctor.core.errors import ProviderUnavailable
from autodoctor.core.settings import get_settings
from autodoctor.integrations.vin.decoded import engine_words, make_words
from autodoctor.vehicles.decoding import decode
from autodoctor.vehicles.refusals import InvalidVin
from tests.http_stub import Stub, http_stub

UNKNOWN = "11111111111111111"
SERVICE_ANSWER = {
    "Results": [
        {
            "Make": "LAND ROVER",
            "Model": "Defender",
            "ModelYear": "2001",
            "Trim": "",
            "BodyClass": "SUV",
            "DisplacementL": "2.5",
            "EngineCylinders": "5",
            "EngineConfiguration": "In-Line",
            "FuelTypePrimary": "Diesel",
        }
    ]
}


def point_to(settings_env: pytest.MonkeyPatch, url: str) -> None:
    settings_env.setenv("VIN_FALLBACK_URL", url)
    get_settings.cache_clear()


async def test_a_known_vin_needs_no_network(settings_env: pytest.MonkeyPatch) -> None:
    point_to(settings_env, "http://127.0.0.1:1")
    found = await decode("1hgcm82633a004352")
    assert (found.year, found.make, found.model, found.source) == (2003, "Honda", "Accord", "vpic-offline")
    assert (found.trim, found.body_class, found.engine) == ("EX-V6", "Coupe", "3.0 L V6, gasoline")


async def test_an_unknown_vin_is_asked_of_the_service(settings_env: pytest.MonkeyPatch) -> None:
    with http_stub(Stub(body=json.dumps(SERVICE_ANSWER))) as stub:
        point_to(settings_env, stub.url)
        found = await decode(UNKNOWN)
    assert stub.asked == [f"/DecodeVinValues/{UNKNOWN}?format=json"]
    assert (found.year, found.make, found.model, found.source) == (2001, "Land Rover", "Defender", "nhtsa")
    assert (found.trim, found.engine) == (None, "2.5 L inline-5, diesel")


async def test_a_vin_that_nobody_knows_is_to_be_filled_in_by_hand(settings_env: pytest.MonkeyPatch) -> None:
    with http_stub(Stub(body='{"Results": [{"Make": "", "Model": ""}]}')) as stub:
        point_to(settings_env, stub.url)
        with pytest.raises(InvalidVin, match="by hand"):
            await decode(UNKNOWN)


@pytest.mark.parametrize("stub", [Stub(status=500), Stub(body="<html>"), Stub(body="[]")], ids=["error", "page", "other shape"])
async def test_a_service_that_fails_is_told_in_words(settings_env: pytest.MonkeyPatch, stub: Stub) -> None:
    with http_stub(stub):
        point_to(settings_env, stub.url)
        with pytest.raises(ProviderUnavailable, match="by hand"):
            await decode(UNKNOWN)


async def test_a_service_that_is_not_there_is_told_in_words(settings_env: pytest.MonkeyPatch) -> None:
    point_to(settings_env, "http://127.0.0.1:1")
    with pytest.raises(ProviderUnavailable, match="by hand"):
        await decode(UNKNOWN)


async def test_a_wrong_check_digit_is_not_looked_up(settings_env: pytest.MonkeyPatch) -> None:
    with http_stub(Stub(body=json.dumps(SERVICE_ANSWER))) as stub:
        point_to(settings_env, stub.url)
        with pytest.raises(InvalidVin, match="check digit"):
            await decode("21111111111111111")
    assert stub.asked == []


@pytest.mark.parametrize(
    ("make", "words"),
    [("HONDA", "Honda"), ("BMW", "BMW"), ("GMC", "GMC"), ("KIA", "Kia"), ("MERCEDES-BENZ", "Mercedes-Benz"), ("MCLAREN", "McLaren")],
)
def test_makes_are_written_as_people_write_them(make: str, words: str) -> None:
    assert make_words(make) == words


def test_an_engine_is_described_as_far_as_it_is_known() -> None:
    assert engine_words({"fuel": "Electric"}) == "electric"
    assert engine_words({"cylinders": "4", "litres": "x"}) == "4 cylinders"
    assert engine_words({}) is None
