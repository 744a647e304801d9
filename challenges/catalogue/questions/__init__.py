"""Questions about a dataset: asked by people, answered by stewards."""
