"""Projects put to the test: read whole, compared, inquired into, tried, with their training leads."""
