"""The one process that serves an office: offices lent, files, headers, streams, and what begins and ends with it."""
