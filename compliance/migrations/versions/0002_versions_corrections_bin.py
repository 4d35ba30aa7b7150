"""documents with versions, corrections and a bin"""

import sqlalchemy as sa
from alembic import op

import compliance.db

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('heartbeat',
    sa.Column('worker', sa.String(length=60), nullable=False),
    sa.Column('started_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('seen_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('worker', name=op.f('pk_heartbeat'))
    )
    op.create_table('document_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_document_version_author_id_user_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_version_document_id_document')),
    sa.ForeignKeyConstraint(['file_sha256'], ['file.sha256'], name=op.f('fk_document_version_file_sha256_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_version')),
    sa.UniqueConstraint('document_id', 'number', name=op.f('uq_document_version_document_id_number'))
    )
    with op.batch_alter_table('document_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_version_file_sha256'), ['file_sha256'], unique=False)

    op.create_table('page_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', compliance.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_page_correction_author_id_user_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_page_correction_document_id_document')),
    sa.ForeignKeyConstraint(['file_sha256'], ['file.sha256'], name=op.f('fk_page_correction_file_sha256_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_page_correction'))
    )
    with op.batch_alter_table('page_correction', schema=None) as batch_op:
        batch_op.create_index('ix_page_correction_document_page', ['document_id', 'page'], unique=False)

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('singkatan', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('pages_sha256', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('deleted_at', compliance.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('deleted_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('deleted_reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('replaced_by_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_document_file_sha256'), type_='unique')
        batch_op.create_index(batch_op.f('ix_document_deleted_at'), ['deleted_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_document_file_sha256'), ['file_sha256'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_document_deleted_by_user_account'), 'user_account', ['deleted_by'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_document_pages_sha256_file'), 'file', ['pages_sha256'], ['sha256'])
        batch_op.create_foreign_key(batch_op.f('fk_document_replaced_by_id_document'), 'document', ['replaced_by_id'], ['id'])

    with op.batch_alter_table('document_field', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confidence', sa.Double(), nullable=True))

    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.add_column(sa.Column('machine_text', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('machine_boxes', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('layer', sa.String(length=12), nullable=False, server_default=''))

    with op.batch_alter_table('regulation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('jdih', sa.JSON(), nullable=True))

    with op.batch_alter_table('regulation_relation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(length=12), nullable=False, server_default='naskah'))
        batch_op.add_column(sa.Column('quote', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('is_missing', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('decision', sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column('decided_by', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('decided_at', compliance.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('decision_reason', sa.Text(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_regulation_relation_decided_by_user_account'), 'user_account', ['decided_by'], ['id'])

    with op.batch_alter_table('work', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pages_done', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('pages_total', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('started_at', compliance.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ended_at', compliance.db.UtcDateTime(timezone=True), nullable=True))

    op.execute(
        "INSERT INTO document_version (document_id, number, file_sha256, reason, author_id, recorded_at) "
        "SELECT id, 1, file_sha256, 'diterima', received_by, received_at FROM document"
    )


def downgrade() -> None:
    with op.batch_alter_table('work', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
        batch_op.drop_column('started_at')
        batch_op.drop_column('pages_total')
        batch_op.drop_column('pages_done')

    with op.batch_alter_table('regulation_relation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_regulation_relation_decided_by_user_account'), type_='foreignkey')
        batch_op.drop_column('decision_reason')
        batch_op.drop_column('decided_at')
        batch_op.drop_column('decided_by')
        batch_op.drop_column('decision')
        batch_op.drop_column('is_missing')
        batch_op.drop_column('quote')
        batch_op.drop_column('origin')

    with op.batch_alter_table('regulation', schema=None) as batch_op:
        batch_op.drop_column('jdih')

    with op.batch_alter_table('page', schema=None) as batch_op:
        batch_op.drop_column('layer')
        batch_op.drop_column('machine_boxes')
        batch_op.drop_column('machine_text')

    with op.batch_alter_table('document_field', schema=None) as batch_op:
        batch_op.drop_column('confidence')

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_document_replaced_by_id_document'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_document_pages_sha256_file'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_document_deleted_by_user_account'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_document_file_sha256'))
        batch_op.drop_index(batch_op.f('ix_document_deleted_at'))
        batch_op.create_unique_constraint(batch_op.f('uq_document_file_sha256'), ['file_sha256'])
        batch_op.drop_column('replaced_by_id')
        batch_op.drop_column('pages_sha256')
        batch_op.drop_column('deleted_reason')
        batch_op.drop_column('deleted_by')
        batch_op.drop_column('deleted_at')
        batch_op.drop_column('singkatan')

    with op.batch_alter_table('page_correction', schema=None) as batch_op:
        batch_op.drop_index('ix_page_correction_document_page')

    op.drop_table('page_correction')
    with op.batch_alter_table('document_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_version_file_sha256'))

    op.drop_table('document_version')
    op.drop_table('heartbeat')
