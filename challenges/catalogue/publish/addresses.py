"""Where programs find what is published."""

from challenges.catalogue.models import Resource


def file_address(dataset_address: str, resource: Resource) -> str:
    """The address of a file: here, or at its publisher's."""
    return f"{dataset_address}/files/{resource.id}" if resource.is_here else resource.url
