"""The app as people use it: whole stories on the demo desk, driven by keys, and real programs on real terminals."""
