"""By which method an edition ranks: named before judging opens, amended afterwards with a reason."""
