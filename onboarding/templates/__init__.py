"""Checklist templates, a file an annex revision; data, read by `onboarding.template`."""
