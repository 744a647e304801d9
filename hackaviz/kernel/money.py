"""Money as integer cents."""

import re
from collections.abc import Sequence
from decimal import Decimal

CURRENCY = "EUR"


LONGEST = 100
SIGN = r"(?:€|EUR|euros?)"
AROUND = re.compile(rf"\s*{SIGN}?\s*(.*?)\s*{SIGN}?\s*", re.IGNORECASE | re.DOTALL)
GROUPED = r"[1-9]\d{0,2}(?P<mark>[ .,'’])\d{3}(?:(?P=mark)\d{3})*"
AMOUNT = re.compile(rf"(?P<euros>{GROUPED}|\d+)(?:(?!(?P=mark))[.,](?P<cents>\d{{1,2}}))?")


def parse_amount(text: str) -> int:
    """Cents from what a person types: "1 500", "1500,5", "€1,500.00". Raises ValueError when it is not an amount.

    A comma or a point followed by one or two final digits is the decimal mark. One other sign groups thousands, by
    three: what mixes signs or groups otherwise may be a slip, and is refused.
    """
    around = AROUND.fullmatch(text.strip()) if len(text) <= LONGEST else None
    match = AMOUNT.fullmatch(re.sub(r"\s", " ", around[1])) if around else None
    if not match:
        raise ValueError(f"not an amount: {text!r}")
    euros = re.sub(r"\D", "", match["euros"])
    return int(euros) * 100 + int((match["cents"] or "0").ljust(2, "0"))


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
