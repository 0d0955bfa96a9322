"""The Parquet lake: batches and manifests, answers of second readers, damage and its mending, merging."""
