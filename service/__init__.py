"""What every process of the translation desk shares, and the web process itself.

Floors, from the ground: domain, formats, storage, queries, operations, uow, web and api, app, cli. Nothing in here
waits on another machine: that is the business of the `workers` package, which stands on this one.
"""
