"""The conditions of a prize in both languages: on pages, and in the dated log of what was announced."""

from datetime import date

from babel.dates import format_date

from challenges.sponsors.eligibility.rules import Conditions
from hackaviz.kernel.bilingual import Bilingual


def in_words(rule: Conditions) -> Bilingual:
    """Who may win a prize, in words; nothing when everybody may. Each member of a team has to."""
    french, english = list[str](), list[str]()
    if rule.students_only:
        french.append("étudiants seulement")
        english.append("students only")
    if rule.under_age is not None and rule.age_on is not None:
        french.append(f"moins de {rule.under_age} ans le {_french_day(rule.age_on)}")
        english.append(f"under {rule.under_age} on {format_date(rule.age_on, 'long', 'en_GB')}")
    if rule.region:
        french.append(f"région : {rule.region}")
        english.append(f"region: {rule.region}")
    if rule.first_entry_only:
        french.append("première participation")
        english.append("first entry")
    return Bilingual(fr=", ".join(french), en=", ".join(english))


def _french_day(day: date) -> str:
    written = format_date(day, "long", "fr")
    return f"1er{written.removeprefix('1')}" if day.day == 1 else written
