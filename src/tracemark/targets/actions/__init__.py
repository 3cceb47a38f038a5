"""What an officer does with targets and plans."""
