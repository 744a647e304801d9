"""Files on their way: begun, sent in pieces, whole, examined. Nothing here is lost when a line drops or a process dies."""
