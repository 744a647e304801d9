"""Drafts, versions, receipts and dataset citations."""
