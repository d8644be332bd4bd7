"""What the commands of the command line do, beside serving; each is called by the one of its name in bot/cli/."""
