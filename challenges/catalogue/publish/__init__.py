"""The catalogue for machines: DCAT-AP in three syntaxes, a data package for each dataset."""
