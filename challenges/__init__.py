"""What is asked: editions, sponsors, the catalogue of datasets, challenges."""
