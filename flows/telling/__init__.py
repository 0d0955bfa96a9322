"""What is said and shown to people: sentences and their language, the terminal, progress, alerts, new rows."""
