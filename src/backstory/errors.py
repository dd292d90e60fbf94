"""Everything that Backstory raises on purpose.

BackstoryError              one clear line for a person: what was wrong and what to do
├── InputError              bad input; nothing was changed                       (exit 2)
│   ├── UnreadableFile      a file that no reader can take, or that is damaged as a whole
│   └── UnknownExercise     a name or id that the catalogue does not have
├── JournalError            the journal cannot be opened, or is not what was expected (exit 2)
├── CatalogueError          the catalogue's own data break a rule                (exit 2)
└── NotEnough               nothing to give: not enough data                         (exit 1)
"""


class BackstoryError(Exception):
    """The root; `exit_code` is what the command line leaves with."""

    exit_code = 2


class InputError(BackstoryError):
    """Bad input; nothing was changed."""


class UnreadableFile(InputError):
    """A file that no reader can take, or that is damaged as a whole."""


class UnknownExercise(InputError):
    """A name or id that the catalogue does not have."""


class JournalError(BackstoryError):
    """The journal cannot be opened, or is not what was expected."""


class CatalogueError(BackstoryError):
    """The catalogue's own data break a rule."""


class NotEnough(BackstoryError):
    """Nothing to give yet: not enough data."""

    exit_code = 1
