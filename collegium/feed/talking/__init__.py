"""How the conversation under a post is kept in order: who may speak, what waits, what is hidden, who helps."""
