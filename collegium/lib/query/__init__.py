"""What somebody asks for in a box: read from what was typed, as a tree, and said in words again.

Which fields there are (`title:lead`), and what a tree is put to, is for the room that searches.
"""
