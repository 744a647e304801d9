"""Files on their way: begun, sent in pieces, whole, examined. A dropped line or a killed process loses nothing."""
