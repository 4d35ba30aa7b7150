"""saved searches"""

import sqlalchemy as sa
from alembic import op

import compliance.db

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_search',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('filters', sa.JSON(), nullable=False),
    sa.Column('sort', sa.String(length=20), nullable=False),
    sa.Column('is_mailed', sa.Boolean(), nullable=False),
    sa.Column('created_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('checked_at', compliance.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_saved_search_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_search'))
    )
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_search_user_id'), ['user_id'], unique=False)

    op.create_table('search_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('leased_until', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', compliance.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_search_mail_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_mail')),
    sa.UniqueConstraint('user_id', 'day', name=op.f('uq_search_mail_user_id_day'))
    )
    op.create_table('saved_search_match',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('saved_id', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('first_seen_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', compliance.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('mailed_at', compliance.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['saved_id'], ['saved_search.id'], name=op.f('fk_saved_search_match_saved_id_saved_search')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_search_match')),
    sa.UniqueConstraint('saved_id', 'unit', name=op.f('uq_saved_search_match_saved_id_unit'))
    )
    op.create_table('search_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('filters', sa.JSON(), nullable=False),
    sa.Column('total_at_time', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Text(), nullable=False),
    sa.Column('expected_document_id', sa.Integer(), nullable=True),
    sa.Column('expected_regulation_id', sa.Integer(), nullable=True),
    sa.Column('expected_page', sa.Integer(), nullable=True),
    sa.Column('recorded_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('resolution', sa.Text(), nullable=True),
    sa.Column('resolved_at', compliance.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['expected_document_id'], ['document.id'], name=op.f('fk_search_report_expected_document_id_document')),
    sa.ForeignKeyConstraint(['expected_regulation_id'], ['regulation.id'], name=op.f('fk_search_report_expected_regulation_id_regulation')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_search_report_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_report'))
    )
    with op.batch_alter_table('search_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_report_user_id'), ['user_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('search_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_report_user_id'))

    op.drop_table('search_report')
    op.drop_table('saved_search_match')
    op.drop_table('search_mail')
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_search_user_id'))

    op.drop_table('saved_search')
