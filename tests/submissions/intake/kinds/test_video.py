import pytest

from tests.support.uploads import box, element, mp4_bytes, webm_bytes


@pytest.mark.parametrize(("content", "name"), [(mp4_bytes(), "film.mp4"), (webm_bytes(), "film.webm")])
def test_its_length_and_size_are_told(check, content, name):
    assert check(content, name).facts == {"seconds": 10, "width": 320, "height": 240}


@pytest.mark.parametrize("codec", [b"avc1", b"av01", b"vp09"])
def test_what_browsers_play_is_accepted(codes, codec):
    assert codes(mp4_bytes(codec), "film.mp4") == []


@pytest.mark.parametrize(
    ("content", "name"),
    [(mp4_bytes(b"hvc1"), "film.mp4"), (mp4_bytes(b"mp4v"), "film.mp4"), (webm_bytes(b"V_MPEG4"), "film.webm")],
)
def test_what_they_do_not_play_is_refused_with_a_way_out(check, content, name):
    (reason,) = check(content, name).reasons
    assert reason.sentence == "not-allowed.codec"
    assert "H.264" in reason.detail()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (box(b"ftyp", b"isom", bytes(8)) + box(b"mdat", bytes(50)), "film.mp4"),
        (mp4_bytes().replace(b"stsd", b"free"), "film.mp4"),
        (mp4_bytes().replace(b"mdat", b"free"), "film.mp4"),
        (webm_bytes().replace(b"\x1f\x43\xb6\x75", b"\x12\x54\xc3\x67"), "film.webm"),
        (element("1A45DFA3", element("4282", b"webm")), "film.webm"),
        (webm_bytes()[:-1], "film.webm"),
    ],
)
def test_a_film_without_its_parts_is_malformed(codes, content, name):
    assert codes(content, name) == ["malformed"]


def test_another_family_under_this_name_is_told(codes):
    assert codes(webm_bytes(kind=b"matroska"), "film.webm") == ["type-mismatch"]
    assert codes(mp4_bytes(), "film.webm") == ["type-mismatch"]
    assert codes(mp4_bytes().replace(b"isom", b"qt  ", 1), "film.mp4") == ["type-mismatch"]
