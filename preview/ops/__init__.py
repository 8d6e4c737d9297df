"""How the service is operated: health, metrics, logs, what every request passes through."""
