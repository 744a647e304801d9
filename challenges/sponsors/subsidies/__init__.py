"""Co-financing: subsidies that are requested, granted, received."""
