"""EventBridge Scheduler: its API, its expressions, and schedules that fire by the local clock."""
