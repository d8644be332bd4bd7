"""One thing a rep can ask for = one file = one class. Skills do not import each other."""
