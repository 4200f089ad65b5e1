"""`matplotlib`: its `pyplot`, which records figures."""
