"""The gateway's own tables, and column types that every table uses."""
from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

#: Compare names byte by byte in MySQL too, as the other databases do.
OPTIONS: dict[str, Any] = {
    'mysql_engine': 'InnoDB', 'mysql_charset': 'utf8mb4', 'mysql_collate': 'utf8mb4_bin'}

#: All tables of the gateway and of its embedded clouds.
METADATA = sa.MetaData()

#: One thing as JSON.
Document = sa.Text().with_variant(mysql.MEDIUMTEXT(), 'mysql', 'mariadb')

#: Seconds since 1970.
Instant = sa.Float().with_variant(mysql.DOUBLE(), 'mysql', 'mariadb').with_variant(
    sa.Double(), 'postgresql')

#: One row, with what every request looks at.
GATEWAY = sa.Table(
    'gateway', METADATA,
    sa.Column('id', sa.Integer, primary_key=True, autoincrement=False),
    sa.Column('identity_revision', sa.BigInteger, nullable=False),
    sa.Column('clock_offset', Instant, nullable=False),
    **OPTIONS)

#: Tokens that were ended before their time, by their audit id or that of their chain.
REVOCATIONS = sa.Table(
    'revocations', METADATA,
    sa.Column('audit_id', sa.String(32), primary_key=True),
    sa.Column('revoked_at', Instant, nullable=False),
    sa.Column('expires_at', Instant, nullable=False, index=True),
    **OPTIONS)
