"""The links of a harvested dataset."""

from challenges.catalogue.harvest.record import HarvestedDataset, HarvestedResource
from challenges.catalogue.models import Dataset, Resource
from hackaviz.kernel.bilingual import Bilingual


def new_link(link: HarvestedResource, position: int) -> Resource:
    """The row of a link."""
    resource = Resource(position=position, url=link.url)
    _fill(resource, link)
    return resource


def _fill(resource: Resource, link: HarvestedResource) -> None:
    words = link.title or link.url
    resource.title, resource.format = Bilingual(fr=words, en=words), link.format or "other"
    resource.bytes, resource.sha256 = link.bytes, link.sha256


def set_links(dataset: Dataset, record: HarvestedDataset, said: dict[str, list[str]]) -> None:
    """The links of the source, but for those that a steward took away or changed; files and links of stewards stay."""
    wanted = {link.url: link for link in record.resources if link.url}
    for resource in list(dataset.resources):
        if resource.url in said and resource.url not in wanted and not resource.is_here:
            dataset.resources.remove(resource)
    present = {resource.url: resource for resource in dataset.resources}
    position = max((resource.position for resource in dataset.resources), default=-1)
    for url, link in wanted.items():
        if url in present and [present[url].title.fr or url, present[url].format] == _shown(said.get(url), url):
            _fill(present[url], link)
        elif url not in present and url not in said:
            position += 1
            dataset.resources.append(new_link(link, position))


def _shown(said: list[str] | None, url: str) -> list[str] | None:
    return [said[0] or url, said[1] or "other"] if said else None
