from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from apps.articles import views

app_name = "articles"
urlpatterns: list[URLPattern | URLResolver] = [
    path("upload/", views.upload, name="upload"),
    path("upload/<int:pk>/", views.confirm_upload, name="confirm_upload"),
    path("upload/<int:pk>/discard/", views.discard, name="discard_upload"),
    path("imports/", views.batches, name="batches"),
    path("imports/<int:pk>/", views.batch, name="batch"),
    path("imports/<int:pk>/retry/<int:article_pk>/", views.retry, name="retry"),
]
