"""Text in a cell of CSV: no spreadsheet computes it, and it can be read again as it was."""

# A cell of text that begins so would be computed by the reader's program (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


def harmless(text: str) -> str:
    """The text as it may stand in a cell: an apostrophe before what would be taken for a formula."""
    return f"'{text}" if _would_act(text) else text


def as_written(cell: str) -> str:
    """The text that `harmless` made this cell of."""
    return cell[1:] if cell.startswith("'") and _would_act(cell) else cell


def _would_act(text: str) -> bool:
    # Apostrophes that stood there before are looked through, so that ours can be told from them.
    return text.lstrip("'").startswith(FORMULA_STARTS)
