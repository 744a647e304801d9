"""What a file tells of people: who made it, where, when, with what. One module for each format."""
