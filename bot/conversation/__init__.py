"""The one door: every message of every channel goes inbox, route, answer, outbox here."""
