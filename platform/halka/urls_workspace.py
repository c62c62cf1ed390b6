"""An organisation's workspace, on its own host."""


urlpatterns: list = []
