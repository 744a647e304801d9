import pytest

from tests.support.uploads import pdf_bytes


def test_a_document_of_several_pages_is_accepted(codes):
    assert codes(pdf_bytes(pages=3), "a.pdf") == []


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_document_cut_short_is_malformed(codes, part):
    whole = pdf_bytes(pages=3)
    assert codes(whole[: int(len(whole) * part)], "a.pdf") == ["malformed"]


@pytest.mark.parametrize("rest", [b"\n" * 9_000, bytes(4_000), b"\r\n%%EOF\n", b"\n% signed\n"])
def test_blanks_and_comments_may_follow_the_end(codes, rest):
    assert codes(pdf_bytes() + rest, "a.pdf") == []


@pytest.mark.parametrize("rest", [b"<script>alert(1)</script>", b"\nGIF89a", b"\n\nMZ\x90\0"])
def test_nothing_else_hides_behind_the_end(codes, rest):
    assert codes(pdf_bytes() + rest, "a.pdf") == ["type-mismatch"]


def test_a_document_without_pages_is_empty(codes):
    assert codes(pdf_bytes(pages=0), "a.pdf") == ["empty"]


def test_a_protected_document_is_refused(codes):
    assert codes(pdf_bytes(protected=True), "a.pdf") == ["encrypted"]


def test_words_after_the_signature_are_malformed(codes):
    assert codes(b"%PDF-1.7 but nothing else %%EOF", "a.pdf") == ["malformed"]
