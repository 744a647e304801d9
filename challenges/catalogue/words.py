"""Full text: where to look for the datasets that have all words, by the index of each database.

Both indexes hold the words of `datasets.folded`, without accents, in a table `dataset_search` that triggers keep. Forms
of a word are found by the beginning that they share, which also answers while somebody types.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, column, func, literal, literal_column, select, table

from challenges.catalogue.facets import PLACES
from challenges.catalogue.rules import search_words, word_beginnings

# On SQLite the index answers numbers of datasets (migration 0005).
_INDEX = table("dataset_search", column("rowid"))
# On PostgreSQL each place stands beside its words: to look up thousands elsewhere takes longer than to find them
# (migration 0008).
_PLACES_AND_WORDS = table("dataset_search", *(column(each.key, each.type) for each in PLACES.columns), column("words"))


def places_with_words(text: str, dialect: str) -> tuple[FromClause, list[ColumnElement[bool]]]:
    """Where to look for the datasets that have each word, and under which conditions; a text without words has none."""
    if not text.strip():
        return PLACES, []
    words = search_words(text)
    # Nearly everything holds some word that begins with the letter of an elision.
    forms = [word_beginnings(word) for word in [each for each in words if len(each) > 1] or words]
    if not forms:
        return PLACES, [literal(False)]
    return _on_sqlite(forms) if dialect == "sqlite" else _on_postgresql(forms)


def _on_sqlite(forms: list[list[str]]) -> tuple[FromClause, list[ColumnElement[bool]]]:
    asked = " AND ".join("(" + " OR ".join(f'"{each}"*' for each in either) + ")" for either in forms)
    found = select(_INDEX.c.rowid).where(literal_column("dataset_search").op("MATCH")(asked))
    return PLACES, [PLACES.c.dataset_id.in_(found)]


def _on_postgresql(forms: list[list[str]]) -> tuple[FromClause, list[ColumnElement[bool]]]:
    asked = " & ".join("(" + " | ".join(f"{each}:*" for each in either) + ")" for either in forms)
    simple: Any = literal_column("'simple'::regconfig")
    return _PLACES_AND_WORDS, [_PLACES_AND_WORDS.c.words.op("@@", is_comparison=True)(func.to_tsquery(simple, asked))]
