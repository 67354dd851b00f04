"""What somebody asks for, put to the arrays. How it is read from what was typed is `lib.query`."""
