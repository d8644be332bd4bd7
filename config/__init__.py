"""Settings of the program: the only package that reads the environment."""
