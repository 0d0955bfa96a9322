"""Where things lie: data directory, bucket, who may write, and writing so that a file outlives a crash."""
