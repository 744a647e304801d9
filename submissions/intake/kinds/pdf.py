"""PDF documents: opened with pdfium, free of protection, every page loaded."""

import pypdfium2
import pypdfium2.raw

from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "pdf"
# Readers look for the mark of the end in the last kilobyte; without it the file was cut short.
END_MARK, END_BYTES = b"%%EOF", 2048
UNPROTECTED = -1
# pdfium refuses a document without pages, and calls it a success.
SENTENCES = {
    pypdfium2.raw.FPDF_ERR_SUCCESS: "empty.pdf",
    pypdfium2.raw.FPDF_ERR_PASSWORD: "encrypted.pdf",
    pypdfium2.raw.FPDF_ERR_SECURITY: "encrypted.pdf",
}


def inspect(upload: Upload) -> Finding:
    """Open the document and load each page."""
    _refuse_cut(upload)
    try:
        with pypdfium2.PdfDocument(upload.path) as document:
            if pypdfium2.raw.FPDF_GetSecurityHandlerRevision(document) != UNPROTECTED:
                raise refusal("encrypted.pdf", item=upload.name)
            for page in document:
                page.close()
    except pypdfium2.PdfiumError as error:
        raise refusal(SENTENCES.get(error.err_code, "malformed"), item=upload.name) from None
    return Finding(entry_point=upload.public_name)


def _refuse_cut(upload: Upload) -> None:
    with upload.path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - END_BYTES))
        if END_MARK not in file.read():
            raise refusal("malformed", item=upload.name)


def _is_pdf(upload: Upload) -> bool:
    return upload.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"%PDF-")


FORMATS = (Format("PDF", KIND, (".pdf",), _is_pdf, inspect),)
