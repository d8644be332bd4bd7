"""What a rep sees of records: cards as text, pictures, files."""
