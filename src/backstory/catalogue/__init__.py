"""What exercises there are, what they are called, and what they ask of a body. Data in `data/`, validated on load."""

from backstory.catalogue.catalogue import Catalogue
from backstory.catalogue.loading import load

__all__ = ["Catalogue", "load"]
