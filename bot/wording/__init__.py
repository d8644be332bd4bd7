"""Everything the bot itself says: `zh.toml` is the manifest, every other language has the same keys and slots."""
