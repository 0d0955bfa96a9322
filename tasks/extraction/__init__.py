"""Finding quantities, periods and names in repaired paragraphs, and making facts of them."""
