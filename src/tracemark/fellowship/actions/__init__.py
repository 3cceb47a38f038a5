"""What officers do with fellowships: money, calls, nominations, selections, courses."""
