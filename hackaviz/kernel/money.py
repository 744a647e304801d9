"""Money as integer cents."""

import re
from collections.abc import Sequence
from decimal import Decimal

CURRENCY = "EUR"


def parse_amount(text: str) -> int:
    """Cents from what a person types: "1 500", "1500,5", "€1,500.00". Raises ValueError when it is not an amount.

    A comma or a point followed by one or two final digits is the decimal mark; other separators group thousands.
    """
    compact = re.sub(r"[\s\u00a0\u202f€]|EUR", "", text)
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?", compact)
    if not match:
        raise ValueError(f"not an amount: {text!r}")
    euros = re.sub(r"[.,]", "", match[1])
    return int(euros) * 100 + int((match[2] or "0").ljust(2, "0"))


def decimal_text(cents: int) -> str:
    """The exact decimal string of an amount: 250000 → "2500.00"."""
    return f"{Decimal(cents) / 100:.2f}"


def split_by_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` cents in proportion to `weights`; the shares sum to the total.

    Rounded down, then one cent each to the largest remainders, equal remainders in the order given (Hamilton's method).
    Raises ValueError when no weight is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be zero or more, and one of them positive")
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares
