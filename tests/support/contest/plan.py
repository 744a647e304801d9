"""What the contest of the journeys is about, who is in it, and what must come out of it, worked out by hand."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hackaviz.kernel.bilingual import Bilingual

ZONE = ZoneInfo("Indian/Reunion")
SLUG = "harbour"
CHALLENGE = "1"

EDITION = Bilingual(fr="Hackaviz de la rade", en="Harbour Hackaviz")
TAGLINE = Bilingual(fr="Dessinez la rade.", en="Draw the harbour.")
DESCRIPTION = Bilingual(fr="Un concours pour lire les escales.", en="A contest to read the calls of ships.")
RULES = Bilingual(fr="## Qui\n\nToute équipe.", en="## Who\n\nAny team.")
TITLE = Bilingual(fr="Les escales", en="Calls at port")
QUESTION = Bilingual(fr="Qui fait escale, et quand ?", en="Who calls, and when?")
BRIEF = Bilingual(fr="Montrez **une année** d’escales.", en="Show **one year** of calls.")
DATASET = Bilingual(fr="Escales par jour", en="Calls by day")
DATASET_CSV = b"day,calls\n2026-01-01,12\n2026-01-02,9\n2026-01-03,15\n"

# Criterion, the jury's question, weight.
RUBRIC = (
    (Bilingual(fr="Clarté", en="Clarity"), Bilingual(fr="Comprend-on ?", en="Is it clear?"), 3),
    (Bilingual(fr="Métier", en="Craft"), Bilingual(fr="Est-ce bien fait ?", en="Is it well made?"), 2),
)
LABELS = Bilingual(fr="Absent\nFaible\nMoyen\nBon\nExcellent", en="Absent\nPoor\nFair\nGood\nExcellent")


@dataclass(frozen=True)
class Person:
    """Somebody with an address of their own."""

    name: str
    email: str


ORGANISER = Person("Awa Organise", "awa@example.org")
SECOND_APPROVER = Person("Yann Contrôle", "yann@example.org")
FIRST_JUROR = Person("Ines Jurée", "ines@example.net")
SECOND_JUROR = Person("Karl Juror", "karl@example.net")
CONTACT = Person("Paola Contact", "paola@example.com")
CAPTAIN = Person("Camille Capitaine", "camille@example.org")
MEMBER = Person("Noa Mineure", "noa@example.org")
OTHER_CAPTAIN = Person("Sacha Seul", "sacha@example.org")


@dataclass(frozen=True)
class Crew:
    """A team and its work."""

    name: str
    title: str
    message: str


BEACONS = Crew("Les Balises", "Douze mois à quai", "L’hiver aussi, la rade travaille.")
TIDES = Crew("Les Marées", "Le pouls de la rade", "Une escale toutes les deux heures.")


@dataclass(frozen=True)
class Promise:
    """A sponsor and its one pledge."""

    sponsor: str
    pledge: str
    cents: int
    custody: str
    carrier: str = ""


HELD = Promise("Énergie des quais", "Bourse", 800_25, "organiser")
CARRIED = Promise("Chantier du large", "Dotation", 400_25, "carrier", "La Chambre")
DIRECT = Promise("Voiles et fils", "Chèque", 300_00, "direct")
PROMISES = (HELD, CARRIED, DIRECT)
CARRIED_FIRST = 150_00

FIRST_PRIZE = (Bilingual(fr="Premier prix", en="First prize"), 1_000_00)
SECOND_PRIZE = (Bilingual(fr="Deuxième prix", en="Second prize"), 500_50)

# Karl has a conflict with the Beacons, so that only Ines judges them. By hand, (3 × clarity + 2 × craft) / 5:
#   Beacons: Ines (3×4 + 2×3) / 5 = 3.6                                    → 3.6, first
#   Tides:   Ines (3×3 + 2×4) / 5 = 3.4, Karl (3×2 + 2×4) / 5 = 2.8, mean  → 3.1, second
INES_ON_BEACONS, INES_ON_TIDES, KARL_ON_TIDES = (4, 3), (3, 4), (2, 4)
BEACONS_SCORE, TIDES_SCORE = Bilingual(fr="3,6000", en="3.6000"), Bilingual(fr="3,1000", en="3.1000")

# €1,000.00 and €500.50 from €800.25, €400.25 and €300.00, all of it, each in the order in which it was promised:
#   first prize:  800.25 of the first + 199.75 of the second
#   second prize: 200.50 of the second + 300.00 of the third
FUNDING = {
    BEACONS: {HELD: 800_25, CARRIED: 199_75},
    TIDES: {CARRIED: 200_50, DIRECT: 300_00},
}


def euros(cents: int, language: str) -> str:
    """An amount as people of a language write it, with plain spaces."""
    whole, rest = divmod(cents, 100)
    if language == "fr":
        return f"{whole:,}".replace(",", " ") + f",{rest:02} €"
    return f"€{whole:,}.{rest:02}"


def typed(cents: int) -> str:
    """An amount as somebody types it."""
    return f"{cents // 100}.{cents % 100:02}"


def local(moment: datetime) -> str:
    """A moment as it is typed into a date field, in the zone of the edition."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def calendar() -> dict[str, str]:
    """Registration and submission are open; the jury comes in three weeks."""
    days = {
        "registration_opens_at": -1,
        "registration_closes_at": 10,
        "submission_opens_at": -1,
        "submission_closes_at": 20,
        "judging_opens_at": 21,
        "judging_closes_at": 30,
        "results_expected_at": 31,
    }
    return {name: local(datetime.now(UTC) + timedelta(days=day)) for name, day in days.items()}
