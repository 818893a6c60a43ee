"""The check of signatures: it runs as a process of its own (`python -m …`), because it reads what
strangers sent, and shares nothing with the service but three pipes."""
