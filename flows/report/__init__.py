"""The report: a small static site made from the warehouse, which opens from the disk without a server."""
