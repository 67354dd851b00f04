"""Addresses of the feed."""

from django.urls import path

from collegium.feed.drafts import views as drafts
from collegium.feed.expiry import views as expiry
from collegium.feed.history import views as history
from collegium.feed.pages import views as of_pages
from collegium.feed.places.views import queue
from collegium.feed.ranking import views as ranking
from collegium.feed.reading.views import quiet, saved, topics
from collegium.feed.sides.views import choosing, own, written
from collegium.feed.talking import views as talk
from collegium.feed.views import comments, home, posts, reactions
from collegium.lib import addresses  # noqa: F401 - lays the converter `handle`

app_name = "feed"
urlpatterns = [
    path("", home.home, name="home"),
    path("settings/mix/", home.mix, name="mix"),
    path("posts/", posts.compose, name="compose"),
    path("posts/fresh/", home.fresh, name="fresh"),
    path("posts/reach/", home.reached, name="reach"),
    path("posts/drafts/", drafts.drafts, name="drafts"),
    path("posts/drafts/<int:pk>/", drafts.draft, name="draft"),
    path("posts/drafts/<int:pk>/withdrawal/", drafts.withdrawal, name="draft_withdrawal"),
    path("posts/drafts/<int:pk>/removal/", drafts.removal, name="draft_removal"),
    path("posts/drafts/<int:pk>/restoration/", drafts.restoration, name="draft_restoration"),
    path("organizations/<handle:handle>/posts/", of_pages.posts, name="of_page"),
    path("posts/<int:pk>/page-pin/", of_pages.pin, name="page_pin"),
    path("posts/<int:pk>/page-pin/removal/", of_pages.unpin, name="page_pin_removal"),
    path("posts/<int:pk>/history/", history.history, name="history"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/removal/", posts.removal, name="removal"),
    path("posts/<int:pk>/reaction/", reactions.reaction, name="reaction"),
    path("posts/<int:pk>/reaction/removal/", reactions.reaction_removal, name="reaction_removal"),
    path("posts/<int:pk>/reactions/", reactions.reactions, name="reactions"),
    path("posts/<int:pk>/comments/", comments.comments, name="comments"),
    path("posts/<int:pk>/conversation/", talk.conversation, name="conversation"),
    path("posts/<int:pk>/conversation/waiting/", talk.waiting, name="waiting"),
    path("posts/<int:pk>/conversation/hosts/", talk.host, name="host"),
    path("posts/<int:pk>/conversation/hosts/removal/", talk.host_removal, name="host_removal"),
    path("posts/<int:pk>/pin/removal/", talk.pin_removal, name="pin_removal"),
    path("posts/<int:pk>/name/removal/", talk.post_name_removal, name="post_name_removal"),
    path("posts/<int:pk>/admission/", queue.admission, name="admission"),
    path("posts/<int:pk>/refusal/", queue.refusal, name="refusal"),
    path("posts/<int:pk>/sending/", queue.sending, name="sending"),
    path("posts/<int:pk>/holding/", queue.holding, name="holding"),
    path("posts/<int:pk>/holding/removal/", queue.showing, name="holding_removal"),
    path("posts/<int:pk>/taking/", queue.taking, name="taking"),
    path("posts/<int:pk>/first/", queue.first, name="first"),
    path("posts/<int:pk>/first/removal/", queue.first_removal, name="first_removal"),
    path("posts/<int:pk>/recommending/", queue.recommending, name="recommending"),
    path("posts/<int:pk>/recommending/removal/", queue.recommending_removal, name="recommending_removal"),
    path("comments/<int:pk>/holding/", queue.comment_holding, name="comment_holding"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/edit/", comments.edit_comment, name="edit_comment"),
    path("comments/<int:pk>/removal/", comments.comment_removal, name="comment_removal"),
    path("comments/<int:pk>/admission/", talk.admission, name="comment_admission"),
    path("comments/<int:pk>/refusal/", talk.refusal, name="comment_refusal"),
    path("comments/<int:pk>/hiding/", talk.hiding, name="comment_hiding"),
    path("comments/<int:pk>/showing/", talk.showing, name="comment_showing"),
    path("comments/<int:pk>/pin/", talk.pin, name="comment_pin"),
    path("comments/<int:pk>/name/removal/", talk.comment_name_removal, name="comment_name_removal"),
    path("comments/<int:pk>/reaction/", reactions.comment_reaction, name="comment_reaction"),
    path("comments/<int:pk>/reaction/removal/", reactions.comment_reaction_removal, name="comment_reaction_removal"),
    path("in/<str:handle>/posts/", written.written, name="written"),
    path("settings/facets/", own.facets, name="facets"),
    path("settings/facets/<int:pk>/", own.renaming, name="facet"),
    path("settings/facets/<int:pk>/removal/", own.removal, name="facet_removal"),
    path("posts/sides/<str:handle>/", choosing.choice, name="sides"),
    path("posts/sides/<str:handle>/personal/", choosing.both, name="sides_both"),
    path("posts/sides/<str:handle>/removal/", choosing.removal, name="sides_removal"),
    path("posts/order/", ranking.formula, name="order"),
    path("posts/order/view/", ranking.view, name="order_view"),
    path("settings/old-posts/", expiry.rule, name="expiry"),
    path("settings/old-posts/removal/", expiry.removal, name="expiry_removal"),
    path("settings/old-posts/restoration/<str:signed>/", expiry.restoration, name="expiry_restoration"),
    path("posts/<int:pk>/staying/", expiry.stay, name="staying"),
    path("posts/<int:pk>/staying/removal/", expiry.go, name="staying_removal"),
    path("posts/saved/", saved.kept, name="saved"),
    path("posts/<int:pk>/saving/", saved.keep, name="saving"),
    path("posts/<int:pk>/saving/removal/", saved.drop, name="saving_removal"),
    path("posts/<int:pk>/hiding/", quiet.hide, name="hiding"),
    path("posts/<int:pk>/hiding/removal/", quiet.unhide, name="hiding_removal"),
    path("settings/quiet/", quiet.quiet, name="quiet"),
    path("settings/quiet/<int:pk>/", quiet.length, name="quiet_length"),
    path("settings/quiet/<int:pk>/removal/", quiet.removal, name="quiet_removal"),
    path("settings/topics/", topics.topics, name="topics"),
    path("settings/topics/following/", topics.follow_named, name="topic_named"),
    path("settings/topics/merging/", topics.merging, name="topic_merging"),
    path("topics/<str:slug>/", topics.topic, name="topic"),
    path("topics/<str:slug>/following/", topics.follow, name="topic_following"),
    path("topics/<str:slug>/following/removal/", topics.unfollow, name="topic_following_removal"),
    path("topics/<str:slug>/quieting/", topics.quieting, name="topic_quieting"),
    path("topics/<str:slug>/parting/", topics.parting, name="topic_parting"),
]
