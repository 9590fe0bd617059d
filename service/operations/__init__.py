"""What changes rows: one module for each subject, each function one change with its audit and its outbox rows.

Every operation takes the `Work` it is part of and reads in one order: load (locking where it decides), may the
actor?, is the state right?, change, audit, emit, return.
"""
