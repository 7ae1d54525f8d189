"""Tables of counts that hold under attack: which cells are sensitive, what to hide with them, and the proof."""
