"""Addresses of the feed."""

from django.urls import path

from collegium.feed.views import comments, home, posts, reactions

app_name = "feed"
urlpatterns = [
    path("", home.home, name="home"),
    path("settings/mix/", home.mix, name="mix"),
    path("posts/", posts.compose, name="compose"),
    path("posts/fresh/", home.fresh, name="fresh"),
    path("posts/reach/", home.reached, name="reach"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/removal/", posts.removal, name="removal"),
    path("posts/<int:pk>/reaction/", reactions.reaction, name="reaction"),
    path("posts/<int:pk>/reaction/removal/", reactions.reaction_removal, name="reaction_removal"),
    path("posts/<int:pk>/reactions/", reactions.reactions, name="reactions"),
    path("posts/<int:pk>/comments/", comments.comments, name="comments"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/edit/", comments.edit_comment, name="edit_comment"),
    path("comments/<int:pk>/removal/", comments.comment_removal, name="comment_removal"),
    path("comments/<int:pk>/reaction/", reactions.comment_reaction, name="comment_reaction"),
    path("comments/<int:pk>/reaction/removal/", reactions.comment_reaction_removal, name="comment_reaction_removal"),
    path("in/<str:handle>/posts/", posts.written, name="written"),
    path("topics/<str:slug>/", posts.topic, name="topic"),
]
