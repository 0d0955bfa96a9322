"""Stage five: the quality gate says what of a batch may be loaded."""
