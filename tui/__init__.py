"""The application shell: there whichever screen is shown."""
