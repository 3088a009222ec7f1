"""The claim registry, and the examiner that puts claims to data; the claims of a paper are a data file."""
