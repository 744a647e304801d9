"""Text that organisers write in French and in English, and the column that keeps it."""

from typing import Any

from sqlalchemy import JSON, Dialect, TypeDecorator

from hackaviz.kernel.bilingual_text import LANGUAGES, Bilingual

__all__ = ["LANGUAGES", "Bilingual", "BilingualType"]


class BilingualType(TypeDecorator[Bilingual]):
    """A Bilingual stored as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Bilingual | None, dialect: Dialect) -> Any:
        """To the database."""
        return None if value is None else value.as_dict()

    def process_result_value(self, value: Any, dialect: Dialect) -> Bilingual | None:
        """From the database."""
        return None if value is None else Bilingual(fr=value.get("fr", ""), en=value.get("en", ""))
