"""Whether a PDF can be read by somebody who does not see it: its structure, looked at apart from what drew it.

What PDF/UA-1 (ISO 14289-1) and the Matterhorn protocol 1.1 ask for, as far as a machine can tell. The numbers in
comments are checkpoints of that protocol.
"""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name, Object, Pdf

HEADING = re.compile(r"H([1-6])")
# Roles of ISO 32000-1, 14.8.4, that these documents may use; anything else must be mapped to one of them.
ROLES = frozenset(
    "Document Part Sect Div NonStruct P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table THead TBody TFoot TR TH TD Span Link "
    "Code Figure Formula Caption BlockQuote Quote Note Title Strong Em".split()
)
SHOWS = frozenset("Tj TJ ' \" Do sh S s f F f* B B* b b* BI".split())
MARKED = ("BMC", "BDC")


def faults(pdf: Pdf) -> list[str]:
    """Everything that is wrong, in words; nothing for a document that can be read."""
    found = [*_document(pdf), *_contents(pdf), *_fonts(pdf)]
    return found + (list(_structure(pdf)) if "/StructTreeRoot" in pdf.Root else ["no structure"])


def _document(pdf: Pdf) -> Iterator[str]:
    root, metadata = pdf.Root, pdf.open_metadata()
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):  # 06-001
        yield "not marked as tagged"
    if not str(root.get("/Lang", "")):  # 11-006
        yield "no language"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):  # 07-001
        yield "the title is not shown"
    if not metadata.get("dc:title"):  # 06-003
        yield "no title"
    if metadata.get("pdfuaid:part") != "1":  # 06-002
        yield "does not say that it is PDF/UA-1"
    if pdf.is_encrypted and not pdf.allow.accessibility:  # 26-002
        yield "locked for assistive technology"
    for number, page in enumerate(pdf.pages, start=1):
        if "/Annots" in page and page.get("/Tabs") != Name.S:  # 28-008
            yield f"page {number}: the tab key does not follow the structure"


def _contents(pdf: Pdf) -> Iterator[str]:
    """What is drawn outside of any tag, and is not marked as decoration either (01-003, 01-004)."""
    for number, page in enumerate(pdf.pages, start=1):
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            depth += (word in MARKED) - (word == "EMC")
            if word in SHOWS and not depth:
                yield f"page {number}: “{word}” draws outside of any tag: {operands}"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for name, font in page.get("/Resources", {}).get("/Font", {}).items():
            if "/ToUnicode" not in font:  # 10-001
                yield f"font {name} does not say which letters its signs are"
            for drawn in font.get("/DescendantFonts", [font]):
                described = drawn.get("/FontDescriptor", {})
                if not any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3")):  # 31-009
                    yield f"font {name} is not in the file"


def _structure(pdf: Pdf) -> Iterator[str]:
    tree = pdf.Root.StructTreeRoot
    roles = {name.lstrip("/"): str(role).lstrip("/") for name, role in tree.get("/RoleMap", {}).items()}
    found = [(roles.get(role, role), element) for role, element in elements(tree)]
    before = 0
    for role, element in found:
        if role not in ROLES:  # 02-001
            yield f"{role} is no role"
        if role in ("Figure", "Formula") and not str(element.get("/Alt", element.get("/ActualText", ""))):  # 13-004
            yield f"a {role} without words"
        if role == "TH" and not _attribute(element, "/Scope"):  # 15-003
            yield "the head of a table that does not say whether it is one of a row or of a column"
        if role == "Table" and not any(each == "TH" for each, _element in elements(element)):
            yield "a table without heads"
        if heading := HEADING.fullmatch(role):  # 14-003
            if int(heading[1]) > before + 1:
                yield f"{role} after a heading of level {before}"
            before = int(heading[1])
    if [role for role, _element in found].count("H1") != 1:
        yield "not one heading of level 1"
    if "/ParentTree" not in tree:
        yield "no way from what is drawn to its tag"


def elements(parent: Object) -> Iterator[tuple[str, Object]]:
    """The elements below another, in the order in which they are read."""
    kids: Any = parent.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S).lstrip("/"), kid
            yield from elements(kid)


def _attribute(element: Object, name: str) -> str:
    owned: Any = element.get("/A", [])
    for each in owned if isinstance(owned, pikepdf.Array) else [owned]:
        if isinstance(each, pikepdf.Dictionary) and name in each:
            return str(each[name])
    return ""
