"""What a team writes about its work, as its edition asks it."""
