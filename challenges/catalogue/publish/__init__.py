"""The catalogue for machines: DCAT-AP in three syntaxes, a table, a data package for each dataset and edition."""
