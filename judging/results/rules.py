"""What may be published, and the canonical form of a published result. Pure."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any


def canonical(snapshot: Mapping[str, Any]) -> bytes:
    """The one byte form of a snapshot: UTF-8 JSON, keys sorted, no spaces."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seal(snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot)).hexdigest()


def judging_is_over(opens_at: datetime, closes_at: datetime, unfinished_reviews: int, now: datetime) -> bool:
    """Results follow a jury that has ended: its time is up, or it has begun and every review asked for is finished."""
    return now > closes_at or (now >= opens_at and unfinished_reviews == 0)
