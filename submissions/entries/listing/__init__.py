"""Listing (référencement): what organisers decide of works that contribute to the aims of an edition."""
