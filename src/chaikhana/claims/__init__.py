"""The claim registry and its tester; the claims of a paper are a data file."""
