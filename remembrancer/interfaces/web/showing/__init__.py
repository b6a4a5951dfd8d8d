"""What pages show, in the language of who reads: words, names, quotations, pictures."""
