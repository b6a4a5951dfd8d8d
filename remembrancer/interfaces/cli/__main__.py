"""``python -m remembrancer.interfaces.cli``."""

from remembrancer.interfaces.cli import main

main()
