"""Full text: cutting text into terms, the index, and the search in it."""
