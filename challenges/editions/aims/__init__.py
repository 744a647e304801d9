"""The ambitions and operational objectives of an edition."""
