"""Language, speech and embedding models behind one address: the only door to openai and langchain."""
