"""Types told from content, pictures drawn anew."""

from __future__ import annotations

from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from autodoctor.files.content import NotWhatItSays, prepare
from autodoctor.files.pictures import LONGEST_EDGE, PictureTooLarge, PictureUnreadable
from tests.files import samples

pillow_heif.register_heif_opener()


def written(folder: Path, content: bytes) -> Path:
    path = folder / "arriving"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "announced", "real"),
    [
        (samples.picture("JPEG"), "image/jpeg", "image/jpeg"),
        (samples.picture("PNG"), "image/png", "image/png"),
        (samples.picture("WEBP"), "image/jpeg", "image/webp"),
        (samples.picture("GIF"), "image/gif", "image/gif"),
        (samples.picture("HEIF"), "image/heic", "image/jpeg"),
        (samples.PDF, "application/pdf", "application/pdf"),
        (samples.MP4, "video/mp4", "video/mp4"),
        (samples.MOV, "video/mp4", "video/quicktime"),
        (samples.WEBM, "video/webm", "video/webm"),
        (b"P0420,catalyst\n", "text/csv", "text/csv"),
    ],
)
async def test_the_type_follows_the_content_within_the_announced_kind(tmp_path: Path, content: bytes, announced: str, real: str) -> None:
    assert (await prepare(written(tmp_path, content), announced)).type == real


@pytest.mark.parametrize(
    ("content", "announced"),
    [
        (samples.SCRIPT, "image/jpeg"),
        (samples.HTML, "image/png"),
        (samples.PDF, "image/jpeg"),
        (samples.picture(), "application/pdf"),
        (samples.picture(), "video/mp4"),
        (samples.MP4, "image/heic"),
        (samples.MP4, "text/plain"),
        (b"MZ\x90\0" + b"\0" * 200, "video/mp4"),
        (b"PK\x03\x04" + b"\0" * 100, "application/pdf"),
    ],
)
async def test_another_kind_than_announced_is_refused(tmp_path: Path, content: bytes, announced: str) -> None:
    with pytest.raises(NotWhatItSays):
        await prepare(written(tmp_path, content), announced)


async def test_a_picture_loses_everything_but_its_pixels_and_stands_upright(tmp_path: Path) -> None:
    original = samples.picture_with_a_place()
    assert original.count(b"SECRET") == 3
    prepared = await prepare(written(tmp_path, original), "image/jpeg")
    kept = prepared.file.read_bytes()
    assert b"SECRET" not in kept
    with Image.open(prepared.file) as picture:
        assert (picture.size, dict(picture.getexif()), picture.info.get("icc_profile")) == ((240, 320), {}, None)


@pytest.mark.parametrize("write_as", ["PNG", "WEBP"])
async def test_other_formats_lose_their_metadata_too(tmp_path: Path, write_as: str) -> None:
    exif = Image.Exif()
    exif[0x0110] = "SECRET-CAMERA"
    original = samples.picture(write_as, exif=exif.tobytes(), icc_profile=b"SECRET-PROFILE")
    prepared = await prepare(written(tmp_path, original), f"image/{write_as.lower()}")
    with Image.open(prepared.file) as picture:
        assert (dict(picture.getexif()), picture.info.get("icc_profile")) == ({}, None)


async def test_a_large_picture_is_made_smaller_and_gets_a_thumbnail(tmp_path: Path) -> None:
    prepared = await prepare(written(tmp_path, samples.picture(size=(6000, 3000))), "image/jpeg")
    with Image.open(prepared.file) as picture:
        assert picture.size == (LONGEST_EDGE, LONGEST_EDGE // 2)
    assert prepared.thumbnail is not None
    with Image.open(prepared.thumbnail) as thumbnail:
        assert (thumbnail.size, thumbnail.format) == ((480, 240), "WEBP")


async def test_a_transparent_picture_stays_transparent(tmp_path: Path) -> None:
    path = tmp_path / "arriving"
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(path, "PNG")
    prepared = await prepare(path, "image/png")
    with Image.open(prepared.file) as picture:
        assert picture.getpixel((5, 5)) == (0, 0, 0, 0)


async def test_a_decompression_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PictureTooLarge):
        await prepare(written(tmp_path, samples.png_bomb()), "image/png")


async def test_half_a_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PictureUnreadable):
        await prepare(written(tmp_path, samples.picture("PNG")[:120]), "image/png")


@pytest.mark.parametrize(
    ("raw", "text"),
    [("Größe\n".encode("cp1252"), "Größe\n"), ("Größe".encode("utf-16"), "Größe"), (b"\xef\xbb\xbfa,b", "a,b")],
)
async def test_a_text_is_brought_to_utf_8(tmp_path: Path, raw: bytes, text: str) -> None:
    prepared = await prepare(written(tmp_path, raw), "text/plain")
    assert prepared.file.read_text(encoding="utf-8") == text
