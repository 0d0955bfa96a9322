"""All that knows Prefect: the flow, its server, deployments, schedules, artifacts. What belongs here holds no logic."""
