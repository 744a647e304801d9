"""Who may win which prize: the conditions of prizes, and what people state of themselves."""
