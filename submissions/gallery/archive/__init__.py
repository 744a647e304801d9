"""The public edition as a folder that opens from a disk: no server, no network."""
