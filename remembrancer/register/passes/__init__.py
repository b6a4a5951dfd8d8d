"""What one document says: each pass finds facts of one kind in it."""
