"""From what a rep says after a visit to visit notes whose every value rests on his words."""
