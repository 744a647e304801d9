"""Search on PostgreSQL reads one table, of places beside their words; on SQLite it stays as 0005 made it.

The words of a tenth of 50,000 datasets lie on thousands of pages wherever they lie: these are read once, with all that
puts results in order and counts them.
"""

from typing import Any

from hackaviz.migrations.catalogue_changes import INDEX

LISTED = """UPDATE dataset_places SET format = COALESCE(
 (SELECT {listed} FROM dataset_formats f WHERE f.dataset_id = dataset_places.dataset_id), '')"""
COPY = """INSERT INTO dataset_search (COLUMNS, words)
 SELECT COLUMNS, (SELECT strip(to_tsvector('simple'::regconfig, d.folded)) FROM datasets d WHERE d.id = dataset_id)
 FROM """.replace(
    "COLUMNS",
    "dataset_id, usable, recommended, availability, theme, licence, publisher, has_map, has_preview, format, "
    "modified_on, title_fr, title_en",
)
SEARCH_TABLE = (
    "DROP INDEX ix_datasets_words",
    "CREATE TABLE dataset_search (LIKE dataset_places INCLUDING DEFAULTS, words tsvector)",
    "ALTER TABLE dataset_search ADD CONSTRAINT pk_dataset_search PRIMARY KEY (dataset_id)",
    # A place that goes takes its words along.
    """ALTER TABLE dataset_search ADD CONSTRAINT fk_dataset_search_dataset_id
    FOREIGN KEY (dataset_id) REFERENCES dataset_places (dataset_id) ON DELETE CASCADE""",
    COPY + "dataset_places",
    "CREATE INDEX ix_dataset_search_words ON dataset_search USING gin (words)",
    """CREATE FUNCTION copy_places_into_search() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN COPY added; RETURN NULL; END $$""".replace("COPY", COPY),
    """CREATE TRIGGER search_insert_dataset_places AFTER INSERT ON dataset_places
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION copy_places_into_search()""",
)
WITHOUT_SEARCH_TABLE = (
    "DROP TRIGGER search_insert_dataset_places ON dataset_places",
    "DROP FUNCTION copy_places_into_search",
    "DROP TABLE dataset_search",
    INDEX,
)


def search_places(op: Any) -> None:
    """List the formats of each place; on PostgreSQL copy places beside their words, and keep the copy by triggers."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    listed = "group_concat(f.format, char(10))" if is_sqlite else "string_agg(f.format, chr(10))"
    for statement in (LISTED.format(listed=listed), *(() if is_sqlite else SEARCH_TABLE)):
        op.execute(statement)


def search_datasets(op: Any) -> None:
    """Search the datasets themselves again."""
    for statement in () if op.get_bind().dialect.name == "sqlite" else WITHOUT_SEARCH_TABLE:
        op.execute(statement)
