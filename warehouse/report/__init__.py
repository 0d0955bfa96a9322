"""What the report asks the warehouse: figures, articles, names, findings, as plain rows."""
