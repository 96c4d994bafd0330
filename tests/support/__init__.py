"""What tests share: makers of values, real servers that misbehave on request."""
