"""The gradebook's schema, revision by revision.

After a change to the models a new revision is drafted by

    from alembic import command
    from coursetools.grading.gradebook.database import connected, migrations
    from coursetools.grading.gradebook.place import place_of

    with connected(*place_of("draft.sqlite")).connect() as connection:
        command.revision(migrations(connection), "What changed", autogenerate=True, rev_id="0002")

It is read, put right by hand, and named `rNNNN_what_changed.py`. A test holds that models and
revisions agree.
"""
