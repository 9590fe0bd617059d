"""What `make bench` measures: ratios within one run, never seconds against a promise."""
