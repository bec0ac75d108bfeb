"""The demo desk: what stands in it, when it happened, and how it is written."""
