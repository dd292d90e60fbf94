"""Rules about training, each with the limits it names, how firm it is, and who says so."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tomli

from backstory.errors import CatalogueError
from backstory.model import Rule

DATA = Path(__file__).parent / "data" / "rules.toml"
FIELDS = {"text": str, "limits": list, "grade": str, "source": str}


@cache
def load_rules(path: Path = DATA) -> Mapping[str, Rule]:
    """Every rule by its id. Raises CatalogueError."""
    try:
        tables = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomli.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: {error}.") from None
    rules = {}
    for key, table in tables.items():
        if table.keys() != FIELDS.keys() or not all(isinstance(table[name], kind) for name, kind in FIELDS.items()):
            raise CatalogueError(f"{path.name}, {key}: needs exactly {', '.join(FIELDS)}.")
        if not all(isinstance(limit, int | float) for limit in table["limits"]):
            raise CatalogueError(f"{path.name}, {key}: limits must be numbers.")
        limits = tuple(float(limit) for limit in table["limits"])
        rules[key] = Rule(key, table["text"], limits, table["grade"], table["source"])
    return rules
