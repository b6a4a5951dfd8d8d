"""Rules of procedure as data, and pure functions that compute quorum and majority and explain them."""
