"""What was changed or removed by hand, as it was before; sets that were ticked off"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("sessions", "sets", "check_ins", "measures", "names", "help_first", "entries"):
        op.add_column(table, sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sets", sa.Column("tick", sa.String(), nullable=True))
    op.create_index(op.f("ix_sets_exercise_name"), "sets", ["exercise_name", "session_id", "removed_at"])
    for name, column, unique, rows in (
        ("ix_sets_tick", "tick", True, sa.text("tick IS NOT NULL")),
        ("ix_sets_noted", "session_id", False, sa.text("note IS NOT NULL")),
    ):
        op.create_index(op.f(name), "sets", [column], unique=unique, sqlite_where=rows, postgresql_where=rows)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_table_name_row_id"), "changes", ["table_name", "row_id"])
