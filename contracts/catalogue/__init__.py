"""The service catalogue: one TOML file an annex revision, named by its printed date."""
