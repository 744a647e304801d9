"""What was published stays as it was published: its date can be taken back, its words never change."""

from hackaviz.migrations.refusals import Refusal

FROZEN = ("edition_id", "number", "prepared_at", "reason", "snapshot", "snapshot_sha256")
# As text, because PostgreSQL does not compare JSON.
CHANGED = " OR ".join(f"CAST(NEW.{name} AS TEXT) <> CAST(OLD.{name} AS TEXT)" for name in FROZEN)
STAYS = "what was published stays as it was; publish a correction"

REFUSALS = (
    Refusal("publication_changed", "UPDATE", "publications", CHANGED, STAYS),
    Refusal("publication_deleted", "DELETE", "publications", "OLD.id = OLD.id", STAYS),
)
