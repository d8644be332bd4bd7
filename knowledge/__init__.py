"""What the coach knows: the library of methods, the team's documents, and how both are searched."""
