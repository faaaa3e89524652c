from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.claims.views import (
    apparatus,
    articles,
    charts,
    findings,
    gathering,
    helping,
    muting,
    overview,
    palette,
    rows,
    search,
    stories,
)

app_name = "claims"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", stories.story_list, name="stories"),
    path("help/findings/", helping.kinds, name="finding_kinds"),
    path("help/findings/<slug:kind>/", helping.kind, name="finding_kind"),
    path("search/", search.search, name="search"),
    path("search/save/", search.save_search, name="save_search"),
    path("search/saved/<int:pk>/", search.change_saved_search, name="change_saved_search"),
    path("search/feed-key/", search.make_feed_key, name="make_feed_key"),
    path("feeds/<slug:key>/search/", search.search_feed, name="search_feed"),
    path("go/", palette.go, name="go"),
    path("stories/<slug:slug>/", stories.story, name="story"),
    path("stories/<slug:slug>/overview/", overview.overview, name="overview"),
    path("stories/<slug:slug>/apparatus/", apparatus.apparatus, name="apparatus"),
    path("stories/<slug:slug>/apparatus/text/", apparatus.apparatus_text, name="apparatus_text"),
    path("stories/<slug:slug>/rows/<int:pk>/text/", apparatus.row_text, name="row_text"),
    path(
        "stories/<slug:slug>/findings/<slug:key>/text/", apparatus.finding_text, name="finding_text"
    ),
    path("stories/<slug:slug>/progress/", stories.progress, name="progress"),
    path("stories/<slug:slug>/undo/", stories.undo, name="undo"),
    path("stories/<slug:slug>/mute/", muting.mute, name="mute"),
    path("stories/<slug:slug>/align/", rows.align, name="align"),
    path("stories/<slug:slug>/rows/<int:pk>/", rows.row, name="row"),
    path("stories/<slug:slug>/repair/", rows.repair, name="repair"),
    path("stories/<slug:slug>/withdraw/", rows.withdraw, name="withdraw"),
    path("stories/<slug:slug>/refresh/", rows.refresh, name="refresh"),
    path("stories/<slug:slug>/articles/", gathering.story_articles, name="story_articles"),
    path("stories/<slug:slug>/articles/gather/", gathering.gather, name="gather"),
    path("stories/<slug:slug>/numbers/", charts.numbers, name="numbers"),
    path("stories/<slug:slug>/left-out/", charts.left_out, name="left_out"),
    path("stories/<slug:slug>/timeline/", charts.timeline, name="timeline"),
    path("stories/<slug:slug>/reuse/", charts.reuse, name="reuse"),
    path("stories/<slug:slug>/set-aside/", articles.set_aside, name="set_aside"),
    path("stories/<slug:slug>/findings/<slug:key>/", findings.finding, name="finding"),
    path("stories/<slug:slug>/findings/<slug:key>/decide/", findings.decide, name="decide"),
    path(
        "stories/<slug:slug>/findings/<slug:key>/verdict/",
        findings.give_verdict,
        name="give_verdict",
    ),
    path("stories/<slug:slug>/findings/<slug:key>/remarks/", findings.remark, name="remark"),
    path("stories/<slug:slug>/remarks/<int:pk>/", findings.resolve, name="resolve"),
    path("stories/<slug:slug>/verdicts/<int:pk>/", findings.review_verdict, name="review_verdict"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/state/", articles.article_state, name="article_state"),
    path("articles/<int:pk>/notes/", articles.annotate, name="annotate"),
    path("articles/<int:pk>/relabel/", articles.relabel, name="relabel"),
    path("notes/<int:pk>/delete/", articles.delete_note, name="delete_note"),
]
