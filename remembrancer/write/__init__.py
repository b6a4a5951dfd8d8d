"""What the register and the record hold -> bytes; one file for each format."""
