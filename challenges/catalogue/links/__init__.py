"""Links of datasets: whether they answer, asked politely and again."""
