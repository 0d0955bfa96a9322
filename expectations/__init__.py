"""The quality gate: what must hold before rows reach the warehouse, run by Great Expectations on DuckDB."""
