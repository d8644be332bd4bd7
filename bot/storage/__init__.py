"""The database: the only package that knows SQLAlchemy. Synchronous inside, behind the async port."""
