"""The description of the API (OpenAPI 3.1), for members; committed as docs/generated/openapi.yaml."""

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView


@extend_schema(exclude=True)
class SchemaView(SpectacularAPIView):
    api_version = "1"
