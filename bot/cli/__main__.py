"""`python -m bot.cli` is `ridealong`."""

from bot.cli import main

if __name__ == "__main__":
    main()
