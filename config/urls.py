from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy

from config.health import healthz
from config.sign_in import SignInForm
from config.words import words

admin.site.site_header = "Variorum"
admin.site.site_title = "Variorum"
admin.site.index_title = gettext_lazy("Administration")

urlpatterns = [
    path("", include("apps.claims.urls")),
    path("", include("apps.articles.urls")),
    path(
        "accounts/login/",
        LoginView.as_view(authentication_form=SignInForm, redirect_authenticated_user=True),
        name="login",
    ),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path(
        "accounts/password/",
        PasswordChangeView.as_view(
            template_name="registration/change_password.html",
            success_url=reverse_lazy("claims:settings"),
        ),
        name="change_password",
    ),
    path("admin/", admin.site.urls),
    path("words/<str:language>/<slug:version>.js", words, name="words"),
    path("healthz", healthz, name="healthz"),
]
