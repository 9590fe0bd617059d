"""Everything that waits on another machine or on the clock: engines, webhooks, schedules.

The package stands on `service` and is never imported by it, so that no request can wait on a third party.
"""
