"""What the product is about, as values and rules without I/O."""
