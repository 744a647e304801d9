import pytest
from PIL import Image, ImageDraw

from submissions.viewer.checks.pictures import MATRICES, draw_pictures, plain_share, simulate, simulations


@pytest.mark.parametrize("sight", MATRICES)
@pytest.mark.parametrize("grey", [0.0, 0.5, 1.0])
def test_grey_stays_grey(sight, grey):
    assert simulate((grey, grey, grey), MATRICES[sight]) == pytest.approx((grey, grey, grey), abs=0.005)


def test_red_and_green_look_alike_without_one_of_their_cones():
    def distance(sight, one, other):
        seen = [simulate(colour, MATRICES[sight]) for colour in (one, other)]
        return max(abs(a - b) for a, b in zip(*seen, strict=True))

    brick, moss, sky = (0.75, 0.35, 0.2), (0.5, 0.5, 0.2), (0.2, 0.4, 0.9)
    assert distance("deuteranopia", brick, moss) < 0.12 < distance("deuteranopia", brick, sky)
    assert distance("tritanopia", brick, moss) > 0.2


def test_the_published_figure_of_pure_red():
    linear = [((part + 0.055) / 1.055) ** 2.4 for part in simulate((1, 0, 0), MATRICES["deuteranopia"])[:2]]
    assert linear == pytest.approx([0.367322, 0.280085], abs=1e-6)


def test_an_image_is_simulated_as_each_colour_is():
    image = Image.new("RGB", (1280, 960), (200, 80, 40))
    for sight, seen in simulations(image).items():
        wanted = [part * 255 for part in simulate((200 / 255, 80 / 255, 40 / 255), MATRICES[sight])]
        assert seen.size == (640, 480) and seen.getpixel((9, 9)) == pytest.approx(wanted, abs=3)


def test_blank_and_drawn_pages_are_told_apart(tmp_path):
    image = Image.new("RGB", (1280, 960), "white")
    assert plain_share(image) == 1
    ImageDraw.Draw(image).line((100, 800, 1200, 100), fill="navy", width=6)
    assert 0.9 < plain_share(image) < 0.997
    image.save(tmp_path / "wide.png")
    drawn = draw_pictures({"wide": str(tmp_path / "wide.png")}, str(tmp_path))
    assert set(drawn["pictures"]) == {"wide", *(f"wide-{sight}" for sight in MATRICES)}
    assert drawn["pictures"]["wide"]["width"] == 1280
