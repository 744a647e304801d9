import pytest

from tests.support.uploads import pdf_bytes


def test_a_document_of_several_pages_is_accepted(codes):
    assert codes(pdf_bytes(pages=3), "a.pdf") == []


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_document_cut_short_is_malformed(codes, part):
    whole = pdf_bytes(pages=3)
    assert codes(whole[: int(len(whole) * part)], "a.pdf") == ["malformed"]


def test_a_document_without_pages_is_empty(codes):
    assert codes(pdf_bytes(pages=0), "a.pdf") == ["empty"]


def test_a_protected_document_is_refused(codes):
    assert codes(pdf_bytes(protected=True), "a.pdf") == ["encrypted"]


def test_words_after_the_signature_are_malformed(codes):
    assert codes(b"%PDF-1.7 but nothing else %%EOF", "a.pdf") == ["malformed"]
