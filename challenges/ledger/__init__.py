"""Double-entry accounts in cents: what every euro of every pledge became. Written once, corrected only by reversal."""
