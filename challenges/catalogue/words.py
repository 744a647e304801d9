"""Full text: the datasets that have all words, by the index of each database.

Both indexes hold the words of `datasets.folded`, without accents. Forms of a word are found by the beginning that they
share, which also answers while somebody types.
"""

from typing import Any

from sqlalchemy import Select, column, func, literal, literal_column, select, table

from challenges.catalogue.models import Dataset
from challenges.catalogue.rules import search_words, word_beginnings

# Kept by triggers of migration 0005, on SQLite only.
_INDEX = table("dataset_search", column("rowid"))


def with_words(text: str, dialect: str) -> Select[Any]:
    """The numbers of the datasets that have each word; of a text without words none."""
    words = search_words(text)
    # Nearly everything holds some word that begins with the letter of an elision.
    forms = [word_beginnings(word) for word in [each for each in words if len(each) > 1] or words]
    if not forms:
        return select(Dataset.id).where(literal(False))
    if dialect == "sqlite":
        asked = " AND ".join("(" + " OR ".join(f'"{each}"*' for each in either) + ")" for either in forms)
        return select(_INDEX.c.rowid).where(literal_column("dataset_search").op("MATCH")(asked))
    asked = " & ".join("(" + " | ".join(f"{each}:*" for each in either) + ")" for either in forms)
    simple: Any = literal_column("'simple'::regconfig")
    has_words = func.to_tsvector(simple, Dataset.folded).op("@@")(func.to_tsquery(simple, asked))
    # By the index, always: a plan that looks into each dataset takes a second.
    found = select(Dataset.id).where(has_words).cte("found").prefix_with("MATERIALIZED")
    return select(found.c.id)
