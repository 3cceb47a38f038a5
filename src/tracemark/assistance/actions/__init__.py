"""What an officer does with requests, programmes and grants."""
