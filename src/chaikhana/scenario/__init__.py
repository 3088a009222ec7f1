"""What if: edits laid over a study, what they move, and formats of cooperation that could work."""
