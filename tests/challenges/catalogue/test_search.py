"""Search and facets: what is found, in which order, counted how."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from challenges.briefs.models import challenge_datasets
from challenges.catalogue import service
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.facets import FACETS, fresh_facet
from challenges.catalogue.models import Availability, Dataset
from challenges.catalogue.queries import PAGE_SIZE, Search, facet_counts, search
from challenges.catalogue.registry import catalogue_registry
from challenges.editions.models import Visibility
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import open_engine, session_factory
from tests.factories import both, make_challenge, make_edition

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
THEMES, LICENCES, FORMATS = ("ports", "sea"), ("lov2", "odbl", "unknown"), ("csv", "json", "geojson")


def add(session: Session, title: str, **values: Any) -> Dataset:
    facts = {
        "title": Bilingual(fr=title),
        "description": Bilingual(),
        "publisher_name": "Insee",
        "theme": "ports",
        "licence": "lov2",
    }
    return service.add_dataset(session, details=DatasetDetails(**facts | values), actor=None, now=NOW)


def found(session: Session, text: str = "", language: str = "fr", **chosen: list[str]) -> list[str]:
    page = search(session, Search(text, chosen), page=1, language=language)
    return [dataset.title.fr for dataset in page.rows]


def test_every_word_must_be_found_somewhere_without_accents_in_both_languages(session: Session):
    add(session, "Énergie à quai", description=Bilingual(en="Shore power"), publisher_name="Métropole")
    add(session, "Énergie solaire")
    assert found(session, "energie") == ["Énergie à quai", "Énergie solaire"]
    assert found(session, "ÉNERGIE power metropole") == ["Énergie à quai"]
    assert found(session, "shipyard shipping") == []
    assert found(session, "shipping quai") == ["Énergie à quai"]


@pytest.mark.parametrize(
    "typed",
    ["conteneur", "CONTENEURS", "conten", "cheval", "chevaux", "l'énergie", "énergies maritime", "Zones (2024)"],
)
def test_forms_of_a_word_and_its_beginning_are_found(session: Session, typed: str):
    add(session, "Conteneurs, chevaux et énergie : zones maritimes (2024)")
    add(session, "Quais, escaliers")
    assert found(session, "escales") == []
    assert found(session, typed) == ["Conteneurs, chevaux et énergie : zones maritimes (2024)"]


def test_among_equals_those_whose_title_has_the_words_come_first(session: Session):
    add(session, "Arbres", description=Bilingual(fr="Autour du port"))
    add(session, "Portes", is_featured=True)
    add(session, "Zones du port")
    assert found(session, "port") == ["Zones du port", "Portes", "Arbres"]


def test_what_there_is_to_look_at_and_its_age_are_facets(session: Session):
    today = NOW.date()
    add(session, "A", formats=("geojson",), modified_on=today - timedelta(days=31))
    add(session, "B", formats=("csv",), modified_on=today - timedelta(days=32))
    add(session, "C", modified_on=today - timedelta(days=367))
    add(session, "D")
    asked = Search(facets=(*FACETS, fresh_facet(today)))
    counts = facet_counts(session, asked)
    assert counts["offers"] == {"map": 1}
    assert counts["fresh"] == {"month": 1, "year": 1, "older": 1, "unstated": 1}
    narrowed = Search(chosen={"fresh": ["year", "unstated", "nonsense"]}, facets=asked.facets)
    assert [each.title.fr for each in search(session, narrowed, page=1, language="fr").rows] == ["B", "D"]


def test_a_dataset_moves_in_lists_and_counts_when_it_changes(session: Session):
    dataset = add(session, "Ancien", theme="ports")
    other = DatasetDetails(
        title=Bilingual(fr="Z"), description=Bilingual(), publisher_name="Insee", theme="sea", licence="odbl"
    )
    service.edit_dataset(session, dataset=dataset, details=other, actor=None, now=NOW)
    assert (found(session, "ancien"), found(session, "z", theme=["sea"])) == ([], ["Z"])
    counts = facet_counts(session, Search())
    assert (counts["theme"], counts["licence"]) == ({"sea": 1}, {"odbl": 1})


@pytest.mark.parametrize("text", ["100%", "_", "\\", '"; DROP TABLE datasets; --', "%" * 300])
def test_signs_of_the_query_language_are_only_text(session: Session, text: str):
    add(session, "Ports")
    assert found(session, text) == []


def test_usable_come_first_then_featured_then_by_title_without_accents(session: Session):
    seen = {"availability": Availability.REACHABLE, "landing_page": "https://x.example", "link_seen_on": NOW.date()}
    for title, values in {"Zones": {"is_featured": True}, "Énergie": {}, "Eau": {}, "Fos": {}, "Quais": seen}.items():
        add(session, title, **values)
    assert found(session) == ["Quais", "Zones", "Eau", "Énergie", "Fos"]


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(session: Session):
    add(session, "A", theme="ports", formats=("csv",))
    add(session, "B", theme="sea", formats=("csv", "json"))
    add(session, "C", theme="air", formats=("json",))
    assert found(session, theme=["ports", "sea"]) == ["A", "B"]
    assert found(session, theme=["ports", "sea"], format=["json"]) == ["B"]
    assert found(session, theme=["nothing"]) == []


def test_pages_hold_24_and_a_page_too_far_is_the_last(session: Session):
    for number in range(PAGE_SIZE + 1):
        add(session, f"D{number:02}")
    last = search(session, Search(), page=99, language="fr")
    assert (last.number, last.pages, last.total, len(last.rows)) == (2, 2, PAGE_SIZE + 1, 1)


def test_what_is_found_by_words_has_its_formats_counted_and_is_lost_with_its_dataset(session: Session):
    first = add(session, "Arbres du port", formats=("csv", "web  page\nof text"))
    add(session, "Arbres", formats=("csv",))
    add(session, "Quais", formats=("csv", "json"))
    chosen = {"format": ["web page of text"]}
    assert facet_counts(session, Search("arbres"))["format"] == {"csv": 2, "web page of text": 1}
    assert facet_counts(session, Search("arbres", chosen))["theme"] == {"ports": 1}
    assert found(session, "arbres", **chosen) == ["Arbres du port"]
    session.delete(first)
    session.flush()
    assert found(session, "arbres") == ["Arbres"]


def test_challenges_of_published_editions_are_a_facet(session: Session, app: Any):
    dataset, other = add(session, "A"), add(session, "B")
    public, draft = make_edition(session), make_edition(session, visibility=Visibility.DRAFT, published_at=None)
    for edition in (public, draft):
        challenge = make_challenge(session, edition, number=3, slug="air", title=both("Air"))
        session.execute(challenge_datasets.insert().values(challenge_id=challenge.id, dataset_id=dataset.id))
    facet = catalogue_registry(app).facets[0].facet
    asked = Search(facets=(*FACETS, facet))
    assert facet_counts(session, asked)["challenge"] == {f"{public.slug}/air": 1}
    narrowed = Search(chosen={"challenge": [f"{public.slug}/air"]}, facets=asked.facets)
    assert [each.id for each in search(session, narrowed, page=1, language="fr").rows] == [dataset.id]
    assert other.id != dataset.id


@pytest.fixture(scope="module")
def many(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A session on 60 datasets of every combination, and the same as plain values."""
    path = tmp_path_factory.mktemp("many") / "many.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    with session_factory(engine)() as session:
        plain = [_add_numbered(session, number) for number in range(60)]
        session.commit()
        yield session, plain
    engine.dispose()


def _add_numbered(session: Session, number: int) -> dict[str, set[str]]:
    formats = {FORMATS[number % 3], FORMATS[number // 3 % 3]} if number % 7 else set()
    reachable = number % 4 == 0
    facts: dict[str, Any] = {
        "theme": THEMES[number % 2],
        "licence": LICENCES[number % 3],
        "publisher_name": f"Publisher {number % 5}",
        "is_featured": number % 6 == 0,
    }
    if reachable:
        facts |= {
            "availability": Availability.REACHABLE,
            "landing_page": "https://x.example",
            "link_seen_on": NOW.date(),
        }
    add(
        session,
        f"Set {number} {'even' if number % 2 else 'odd'}",
        slug=f"set-{number}",
        formats=tuple(formats),
        **facts,
    )
    return {
        "theme": {facts["theme"]},
        "licence": {facts["licence"]},
        "publisher": {f"publisher-{number % 5}"},
        "featured": {"yes"} if facts["is_featured"] else set(),
        "availability": {"reachable" if reachable else "described"},
        "format": formats,
        "words": {"even" if number % 2 else "odd"},
    }


VALUES = {
    "theme": THEMES,
    "licence": LICENCES,
    "format": FORMATS,
    "publisher": [f"publisher-{n}" for n in range(5)],
    "featured": ["yes"],
    "availability": ["here", "reachable", "described"],
}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    text=st.sampled_from(["", "even", "odd", "set", "nothing"]),
    chosen=st.fixed_dictionaries(
        {},
        optional={name: st.lists(st.sampled_from(values), max_size=3, unique=True) for name, values in VALUES.items()},
    ),
)
def test_counts_are_those_of_a_count_by_hand(many: Any, text: str, chosen: dict[str, list[str]]):
    session, plain = many
    counts = facet_counts(session, Search(text, chosen))
    for facet in VALUES:
        others = {name: values for name, values in chosen.items() if values and name != facet}
        matching = [each for each in plain if _matches(each, text, others)]
        assert counts.get(facet, {}) == Counter(value for each in matching for value in each[facet])
    every = {name: values for name, values in chosen.items() if values}
    expected = sum(_matches(each, text, every) for each in plain)
    assert search(session, Search(text, chosen), page=1, language="en").total == expected


def _matches(plain: dict[str, set[str]], text: str, chosen: dict[str, list[str]]) -> bool:
    has_words = text in {"", "set"} or text in plain["words"]
    return has_words and all(plain[name] & set(values) for name, values in chosen.items())
