"""Stage four: the shard's tables become Parquet files of the lake."""
