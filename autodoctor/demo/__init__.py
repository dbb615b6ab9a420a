"""Data for trying things out: accounts and a few past consultations. Development only (RUNNING.md)."""
