"""What the values of settings may be, and reading them; `service.config` says which settings there are."""
