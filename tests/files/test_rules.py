"""Names, types and ranges of files, judged without any file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodoctor.files import rules


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("noise.jpg", "noise.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\car.png", "car.png"),
        ("  two   spaces .jpg", "two spaces .jpg"),
        ('a"b;c%20<d>.jpg', "a_b_c_20_d_.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
    ],
)
def test_a_name_is_cleaned(given_name: str, kept: str) -> None:
    assert rules.clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_cleaned_name_is_always_short_and_harmless(name: str) -> None:
    cleaned = rules.clean_name(name)
    assert 1 <= len(cleaned) <= 120
    assert not set(cleaned) & set('/\\<>:"|?*%;\r\n\0')


@pytest.mark.parametrize(
    ("name", "media_type", "fitting"),
    [
        ("IMG_1.heic", "image/jpeg", "IMG_1.jpg"),
        ("a.JPEG", "image/jpeg", "a.JPEG"),
        ("run.sh", "image/png", "run.sh.png"),
        ("page.html", "text/plain", "page.html.txt"),
        ("photo", "image/webp", "photo.webp"),
    ],
)
def test_a_names_ending_says_what_the_content_is(name: str, media_type: str, fitting: str) -> None:
    assert rules.fitting_name(name, media_type) == fitting


@pytest.mark.parametrize(
    ("name", "announced", "taken"),
    [
        ("a.jpg", "image/jpg", "image/jpeg"),
        ("a.heif", "image/heif", "image/heic"),
        ("a.heic", "", "image/heic"),
        ("a.csv", "application/vnd.ms-excel", "text/csv"),
        ("a.txt", "text/plain; charset=utf-8", "text/plain"),
        ("a.svg", "image/svg+xml", None),
        ("a.jpg", "text/html", None),
        ("a.exe", "application/octet-stream", None),
    ],
)
def test_a_type_is_taken_by_its_own_word_or_by_the_ending(name: str, announced: str, taken: str | None) -> None:
    assert rules.declared_type(name, announced) == taken


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-99", (0, 100)),
        ("bytes=990-", (990, 1000)),
        ("bytes=-10", (990, 1000)),
        ("bytes=-5000", (0, 1000)),
        ("bytes=900-5000", (900, 1000)),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
        ("bytes=-", None),
    ],
)
def test_a_range_is_one_part_or_the_whole(header: str | None, part: tuple[int, int] | None) -> None:
    found = rules.read_range(header, 1000)
    assert (None if found is None else (found.start, found.end)) == part


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(header: str) -> None:
    with pytest.raises(rules.RangeNotSatisfiable):
        rules.read_range(header, 1000)
