"""What a coach says before a visit: answers with their sources, what is declined, and the brief."""
