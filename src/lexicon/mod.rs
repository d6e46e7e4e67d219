//! Data tables and their loader: organisations, acronyms, places, titles, reporting verbs, loaded terms.
