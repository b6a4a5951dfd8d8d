"""What changes the record, and who may: documents taken in, roles granted, schedules, houses and rules."""
