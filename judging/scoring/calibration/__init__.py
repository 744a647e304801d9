"""Training works that the whole jury scores before its own, to see how far marks spread."""
