"""Documents about money and results: statement of a sponsor, award letter, annex of the minutes, report."""
