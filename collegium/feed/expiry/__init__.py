"""Old posts delete themselves, by a rule of their author's own with its exceptions.

A rule begins a day after it was set or changed, so that it can be taken back. What it deletes goes the way a post goes
that is deleted by hand (`feed.actions.delete_post`), one by one, and each is judged again under the lock of the post.
"""
