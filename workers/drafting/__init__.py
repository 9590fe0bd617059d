"""Drafting: segments in, drafted units out; what is asked of which engine, and which answers are good.

It sees engines only through `workers.engines.base`, and neither the database nor the queue.
"""
