"""Stage six: the warehouse is brought up to the lake."""
