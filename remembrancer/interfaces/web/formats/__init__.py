"""How dates are written where a language of Django's has it otherwise than the program."""
