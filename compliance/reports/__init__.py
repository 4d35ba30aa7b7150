"""What leaves Patuh as a file."""
