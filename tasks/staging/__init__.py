"""Stage one: find the pages, turn their bytes into text, keep the bytes."""
