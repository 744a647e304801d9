"""What migration 0005 does beyond tables and columns: full text, and places and counts of the datasets that exist.

Formats and words are those of `challenges.catalogue.rules` when it was written.
"""

import re
from typing import Any

from sqlalchemy import text

# Words as `challenges.catalogue.rules.search_text` writes them: without accents, so none are taken away here.
FULL_TEXT = (
    """CREATE VIRTUAL TABLE dataset_search USING fts5(
    folded, content='datasets', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3 4')""",
    """CREATE TRIGGER search_insert_datasets AFTER INSERT ON datasets BEGIN
    INSERT INTO dataset_search(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER search_delete_datasets AFTER DELETE ON datasets BEGIN
    INSERT INTO dataset_search(dataset_search, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER search_update_datasets AFTER UPDATE OF folded ON datasets BEGIN
    INSERT INTO dataset_search(dataset_search, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO dataset_search(rowid, folded) VALUES (new.id, new.folded); END""",
    "INSERT INTO dataset_search(dataset_search) VALUES ('rebuild')",
)
WITHOUT_FULL_TEXT = (
    "DROP TRIGGER search_update_datasets",
    "DROP TRIGGER search_delete_datasets",
    "DROP TRIGGER search_insert_datasets",
    "DROP TABLE dataset_search",
)
INDEX = "CREATE INDEX ix_datasets_words ON datasets USING gin (to_tsvector('simple'::regconfig, folded))"
WORD = re.compile(r"[^\W_]+")
FOLDED = "SELECT id, folded, folded_title_fr AS french, folded_title_en AS english FROM datasets"
REWRITE = "UPDATE datasets SET folded = :folded, folded_title_fr = :french, folded_title_en = :english WHERE id = :id"
PLACES = """INSERT INTO dataset_places (dataset_id, usable, recommended, availability, theme, licence, publisher,
 has_map, has_preview, modified_on, title_fr, title_en)
SELECT d.id, CASE d.availability WHEN 'here' THEN 0 WHEN 'reachable' THEN 1 ELSE 2 END,
 CASE WHEN d.is_featured THEN 0 ELSE 1 END, d.availability, d.theme, d.licence, p.slug,
 EXISTS (SELECT 1 FROM dataset_formats f WHERE f.dataset_id = d.id AND f.format IN (
  'geojson', 'shapefile', 'geopackage', 'kml', 'kmz', 'gml', 'gpx', 'topojson', 'wfs', 'wms', 'wmts')),
 EXISTS (SELECT 1 FROM resources r WHERE r.dataset_id = d.id AND r.storage_key IS NOT NULL
  AND r.format IN ('csv', 'tsv', 'xlsx', 'xls', 'ods', 'json', 'geojson', 'parquet', 'shapefile')),
 d.modified_on, d.folded_title_fr, d.folded_title_en
FROM datasets d JOIN publishers p ON p.id = d.publisher_id"""
COUNTS = """INSERT INTO facet_counts (facet, value, count)
SELECT 'availability', availability, count(*) FROM dataset_places GROUP BY availability
UNION ALL SELECT 'theme', theme, count(*) FROM dataset_places GROUP BY theme
UNION ALL SELECT 'licence', licence, count(*) FROM dataset_places GROUP BY licence
UNION ALL SELECT 'publisher', publisher, count(*) FROM dataset_places GROUP BY publisher
UNION ALL SELECT 'format', format, count(*) FROM dataset_formats GROUP BY format
UNION ALL SELECT 'featured', 'yes', count(*) FROM dataset_places WHERE recommended = 0
UNION ALL SELECT 'offers', 'map', count(*) FROM dataset_places WHERE has_map
UNION ALL SELECT 'offers', 'preview', count(*) FROM dataset_places WHERE has_preview
UNION ALL SELECT 'all', 'all', count(*) FROM dataset_places"""


def after_upgrade(op: Any) -> None:
    """Keep words alone of what search reads, index them, give each dataset its place, count them."""
    _rewrite_words(op.get_bind())
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*(FULL_TEXT if is_sqlite else (INDEX,)), PLACES, COUNTS):
        op.execute(statement)


def _rewrite_words(connection: Any) -> None:
    """What was folded before kept signs between the words, which no query holds any more."""
    for row in connection.execute(text(FOLDED)).mappings().all():
        words = {name: " ".join(WORD.findall(row[name])) for name in ("folded", "french", "english")}
        connection.execute(text(REWRITE), {"id": row["id"], **words})


def before_downgrade(op: Any) -> None:
    """Drop what does not go with its table."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in WITHOUT_FULL_TEXT if is_sqlite else ("DROP INDEX ix_datasets_words",):
        op.execute(statement)
