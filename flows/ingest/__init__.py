"""A run: pages in, warehouse out. What belongs here knows nothing of Prefect; whoever runs it hands in how."""
