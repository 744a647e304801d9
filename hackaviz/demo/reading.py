"""Read the demo's editions from contest/. Pure: no database, no clock."""

from collections.abc import Mapping
from typing import Any

from hackaviz.demo.content import DEMO, bilingual, read_json
from hackaviz.demo.money_reading import read_money
from hackaviz.demo.story import (
    AimContent,
    BallotContent,
    ChallengeContent,
    CommentContent,
    ConflictContent,
    CriterionContent,
    DuelContent,
    EditionContent,
    FactContent,
    JurorContent,
    ListingContent,
    MemberContent,
    MentionContent,
    PrizeContent,
    SponsorContent,
    SumContent,
    TeamContent,
    TwoSums,
)
from hackaviz.kernel.bilingual import Bilingual

CONTEST = DEMO / "contest"
# From the past to the present.
EDITIONS = ("smart-port-2020-21", "sillages", "accostages", "mouillages", "rivages", "escales")

Record = Mapping[str, Any]


def read_editions() -> list[EditionContent]:
    """The six editions: two finished, one decided and under embargo, one whose jury meets, one in judging, one open."""
    return [read_edition(slug) for slug in EDITIONS]


def read_edition(slug: str) -> EditionContent:
    """One edition."""
    record = read_json(CONTEST / "editions" / f"{slug}.json")
    smallest, largest = record["team_size"]
    return EditionContent(
        slug=record["slug"],
        state=record["state"],
        title=bilingual(record["title"]),
        tagline=bilingual(record["tagline"]),
        description=bilingual(record["description"]),
        provenance=bilingual(record["provenance"]),
        facts=tuple(FactContent(bilingual(each["text"]), bilingual(each["source"])) for each in record["facts"]),
        sums=_sums(record["sums"]) if record["sums"] else None,
        time_zone=record["time_zone"],
        organiser_name=record["organiser"]["name"],
        contact_email=record["organiser"]["email"],
        calendar=record["calendar"],
        smallest_team=smallest,
        largest_team=largest,
        reviews_needed=record["reviews_needed"],
        rules=_rules(record["rules_note"]),
        challenges=tuple(_challenge(each) for each in record["challenges"]),
        sponsors=tuple(_sponsor(each) for each in record["sponsors"]),
        jurors=tuple(JurorContent(each["slug"], each["name"], bilingual(each["role"])) for each in record["jurors"]),
        teams=tuple(_team(each) for each in record["teams"]),
        scores=_scores(record["scores"]),
        conflicts=tuple(
            ConflictContent(each["juror"], each["work"], bilingual(each["reason"])) for each in record["conflicts"]
        ),
        comments=tuple(CommentContent(each["juror"], each["work"], each["text"]) for each in record["comments"]),
        ambitions=_aims("ambitions"),
        objectives=_aims("objectives"),
        money=read_money(record["money"]) if "money" in record else None,
        mentions=tuple(
            MentionContent(bilingual(each["title"]), each["work"], each["decision"])
            for each in record.get("mentions", [])
        ),
        duels=tuple(DuelContent(**each) for each in record.get("duels", [])),
        ballots=tuple(BallotContent(**each) for each in record.get("ballots", [])),
        finals=_scores(record.get("finals", {})),
        listings=tuple(
            ListingContent(each["work"], each["state"], bilingual(each["reason"])) for each in record["listings"]
        ),
    )


def read_schools() -> dict[str, Bilingual]:
    """The generic names of schools, by slug."""
    return {record["slug"]: bilingual(record["name"]) for record in read_json(CONTEST / "schools.json")}


def read_rubric() -> tuple[CriterionContent, ...]:
    """The four criteria that every challenge of the demo shares."""
    return tuple(
        CriterionContent(
            slug=record["slug"],
            name=bilingual(record["name"]),
            question=bilingual(record["question"]),
            weight=record["weight"],
            labels=tuple(bilingual(label) for label in record["labels"]),
        )
        for record in read_json(CONTEST / "rubric.json")
    )


def _aims(kind: str) -> tuple[AimContent, ...]:
    records = read_json(CONTEST / "aims.json")[kind]
    return tuple(AimContent(each["slug"], bilingual(each["title"])) for each in records)


def _rules(note: Record) -> Bilingual:
    """The edition's own note, then the text that the editions share."""
    texts = {name: (CONTEST / f"rules.{name}.md").read_text(encoding="utf-8") for name in ("fr", "en")}
    return Bilingual(**{name: f"{note[name]}\n\n{text}" for name, text in texts.items()})


def _sums(record: Record) -> TwoSums:
    raised, announced = (
        SumContent(record[name]["cents"], bilingual(record[name]["source"])) for name in ("raised", "announced")
    )
    return TwoSums(raised, announced, bilingual(record["note"]))


def _challenge(record: Record) -> ChallengeContent:
    return ChallengeContent(
        number=record["number"],
        slug=record["slug"],
        title=bilingual(record["title"]),
        question=bilingual(record["question"]),
        brief=bilingual(record["brief"]),
        criteria=read_rubric(),
        datasets=tuple(record["datasets"]),
        prizes=tuple(PrizeContent(each["place"], bilingual(each["title"]), each["cents"]) for each in record["prizes"]),
    )


def _sponsor(record: Record) -> SponsorContent:
    pledge = record["pledge"]
    return SponsorContent(
        slug=record["slug"],
        name=record["name"],
        description=bilingual(record["description"]),
        cents=pledge["cents"],
        received_cents=pledge["received_cents"],
        custody=pledge["custody"],
        carrier=pledge["carrier"],
        challenges=tuple(pledge["challenges"]),
    )


def _team(record: Record) -> TeamContent:
    members = tuple(
        MemberContent(each["name"], each["school"], each["captain"], each["minor"]) for each in record["members"]
    )
    return TeamContent(record["slug"], record["name"], members, record["challenge"], record["work"])


def _scores(record: Record) -> dict[str, dict[str, tuple[int, ...]]]:
    return {juror: {work: tuple(marks) for work, marks in works.items()} for juror, works in record.items()}
