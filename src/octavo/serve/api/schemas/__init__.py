"""What the API answers with, as JSON: the models that its OpenAPI document describes."""
