"""Text that organisers write in French and in English."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Dialect, TypeDecorator

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Bilingual:
    """The same text in two languages; one of them may be missing."""

    fr: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.fr or self.en)

    def in_language(self, language: str) -> str:
        """The text in `language`, or in the other one where it is missing."""
        return (self.en or self.fr) if language == "en" else (self.fr or self.en)

    def language_shown(self, language: str) -> str:
        """Which language `in_language` answers in, for the `lang` attribute."""
        return language if getattr(self, language) else next(other for other in LANGUAGES if other != language)

    def as_dict(self) -> dict[str, str]:
        """Plain form for JSON."""
        return {"fr": self.fr, "en": self.en}


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
