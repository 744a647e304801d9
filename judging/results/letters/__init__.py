"""Letters after the results: written once for winners and once for the others, sent after the embargo, never twice."""
