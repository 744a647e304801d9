"""Rounds of judging: a qualification, then finalists with more jurors. An edition without rows has one round."""
