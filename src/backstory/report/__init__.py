"""What people look at: figures of exercises."""

from backstory.report.figures import figure, figures
from backstory.report.keeping import write_page
from backstory.report.posed import FRAMES
from backstory.report.sheet import sheet

__all__ = ["FRAMES", "figure", "figures", "sheet", "write_page"]
