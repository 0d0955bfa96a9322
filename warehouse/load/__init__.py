"""From the lake into the warehouse: what a batch does to the tables, what people said of them, publishing."""
