"""What others need to tell of the results: texts, images with credits, logos, data for machines."""
