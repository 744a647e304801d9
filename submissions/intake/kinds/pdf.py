"""PDF documents: opened with pdfium, free of protection, every page loaded."""

import re

import pypdfium2
import pypdfium2.raw

from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "pdf"
# Without the mark of the end the file was cut short. Writers add blanks and comments to it; whatever else follows makes
# the file something that it does not say.
END_MARK, END_BYTES = b"%%EOF", 1 << 16
FOLLOWS_END = re.compile(rb"(?:\s|\0|%[^\r\n]{0,200}[\r\n])*")
UNPROTECTED = -1
# pdfium refuses a document without pages, and calls it a success.
SENTENCES = {
    pypdfium2.raw.FPDF_ERR_SUCCESS: "empty.pdf",
    pypdfium2.raw.FPDF_ERR_PASSWORD: "encrypted.pdf",
    pypdfium2.raw.FPDF_ERR_SECURITY: "encrypted.pdf",
}


def inspect(upload: Upload) -> Finding:
    """Open the document and load each page."""
    _refuse_other_end(upload)
    try:
        with pypdfium2.PdfDocument(upload.path) as document:
            if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != UNPROTECTED:
                raise refusal("encrypted.pdf", item=upload.name)
            for page in document:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise refusal(SENTENCES.get(error.err_code, "malformed"), item=upload.name) from None
    return Finding(entry_point=upload.public_name)


def _refuse_other_end(upload: Upload) -> None:
    with upload.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END_BYTES))
        _before, mark, rest = file.read().rpartition(END_MARK)
    if not mark:
        raise refusal("malformed", item=upload.name)
    if not FOLLOWS_END.fullmatch(rest + b"\n"):
        raise refusal("type-mismatch.behind", item=upload.name)


def _is_pdf(upload: Upload) -> bool:
    return upload.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-")


FORMATS = (Format("PDF", KIND, (".pdf",), _is_pdf, inspect),)
