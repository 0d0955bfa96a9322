"""Databases in memory that the quality gate asks, before rows reach the warehouse."""
