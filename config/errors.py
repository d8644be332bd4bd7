"""What can go wrong with settings."""


class SettingsError(Exception):
    """Some settings are wrong; each mistake is one sentence that says what to change."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes
