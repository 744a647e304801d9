"""How it is decided: panels, reviews, ranking, prizes, results."""
