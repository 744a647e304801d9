"""One reader per format that portals emit. Each picks what a record states; `shape` makes sense of it."""
