"""Bringing in the catalogues of other portals: one reader per format, one shape behind them, one service."""
