"""Files that students send and nobody could see: each is refused with a word on what to send instead."""

import pytest

from submissions.intake.kinds.refused import SENT_INSTEAD
from submissions.intake.messages import SENTENCES
from tests.support.uploads import zip_bytes

OFFICE = zip_bytes({"[Content_Types].xml": b"<x/>"})


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("soutenance.pptx", OFFICE, "PDF"),
        ("classeur.twbx", OFFICE, "working file"),
        ("site.7z", b"7z\xbc\xaf\x27\x1c", "ZIP"),
        ("site.tar.gz", b"\x1f\x8b", "ZIP"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "PNG or JPEG"),
        ("film.MOV", b"\0\0\0\x14ftypqt  \0\0\2\0qt  ", "H.264"),
        ("rapport.qmd", b"---\ntitle: Ports\n---", "beside the work"),
        ("ports.csv", b"port;escales", "beside the work"),
        ("lien.webloc", b"<plist/>", "links die"),
        ("page.mhtml", b"MIME-Version: 1.0", "complete HTML page"),
        ("site.zip.crdownload", b"PK", "not finished"),
        ("work.xyz", b"x", "Accepted: an image"),
    ],
)
def test_it_says_what_to_send_instead(check, name, content, advice):
    (reason,) = check(content, name).reasons
    assert str(reason.code) == "not-allowed" and advice in reason.detail()


def test_every_sentence_is_written():
    assert set(SENT_INSTEAD) <= set(SENTENCES)
