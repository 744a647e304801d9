"""Text in French and in English. It stands apart from its column, so that confined readers need no database."""

from dataclasses import dataclass

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
