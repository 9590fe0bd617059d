"""Where rows live: models, the database with its connection rules, migrations.

Nothing here decides anything about a release; that is for the domain and the operations.
"""
