"""The ways to talk to reps. Nothing here knows about selling."""
