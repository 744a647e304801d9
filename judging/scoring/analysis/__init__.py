"""What organisers see beside a ranking: how sure it is, who judges how, what would change if."""
