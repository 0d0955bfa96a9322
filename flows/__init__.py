"""Orchestration and everything a user touches: flows, settings, the command line."""
