"""One module for each kind of output; outputs do not know each other."""
