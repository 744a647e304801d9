import io

import pytest
from PIL import Image

from tests.support.uploads import image_bytes, png_claiming


@pytest.mark.parametrize(("image_format", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("WEBP", "a.webp")])
def test_an_image_cut_short_is_malformed(codes, image_format, name):
    whole = image_bytes(image_format, (200, 150))
    assert codes(whole, name) == []
    for part in (0.3, 0.6, 0.9):
        assert codes(whole[: int(len(whole) * part)], name) == ["malformed"]


def test_a_flipped_bit_in_a_png_is_malformed(codes):
    content = bytearray(image_bytes("PNG"))
    content[len(content) // 2] ^= 1
    assert codes(bytes(content), "a.png") == ["malformed"]


def test_the_size_is_read_before_the_pixels(codes):
    assert codes(png_claiming(50_000, 50_000), "a.png") == ["pixel-bomb"]
    assert codes(png_claiming(17_500, 10_001), "a.png") == ["pixel-bomb"]
    assert codes(image_bytes("PNG", (100, 100)), "a.png", poster_pixels=9_999) == ["pixel-bomb"]
    assert codes(image_bytes("PNG", (100, 100)), "a.png", poster_pixels=10_000) == []


def test_a_poster_has_more_pixels_than_other_images_and_they_say_so(check):
    smaller = {"pixels": 9_999, "poster_pixels": 10_000}
    assert check(image_bytes("JPEG", (100, 100)), "a.jpg", **smaller).accepted
    (reason,) = check(image_bytes("WEBP", (100, 100)), "a.webp", **smaller).reasons
    assert (str(reason.code), reason.sentence) == ("pixel-bomb", "pixel-bomb.compact")


def test_frames_count_as_pixels(codes):
    frames = [Image.effect_noise((50, 50), 50 + number) for number in range(10)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "PNG", save_all=True, append_images=frames[1:])
    assert codes(buffer.getvalue(), "a.png", animation_pixels=25_000) == []
    assert codes(buffer.getvalue(), "a.png", animation_pixels=24_999) == ["pixel-bomb"]
    assert codes(buffer.getvalue(), "a.png", frames=9) == ["pixel-bomb"]
