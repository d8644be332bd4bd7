"""Settings in, working bot out: the only place that picks real parts."""
