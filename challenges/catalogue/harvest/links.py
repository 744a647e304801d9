"""The links of a harvested dataset."""

from typing import Any

from challenges.catalogue.harvest.record import HarvestedDataset, HarvestedResource
from challenges.catalogue.models import Dataset, Resource
from hackaviz.kernel.bilingual import Bilingual


def facts_of_link(link: HarvestedResource) -> dict[str, Any]:
    """The columns of a row that follow from what a source says of a link, by name."""
    return {"title": _title(link), "format": link.format or "other", "bytes": link.bytes, "sha256": link.sha256}


def _title(link: HarvestedResource) -> Bilingual:
    both = Bilingual(fr=link.title or link.url, en=link.title or link.url)
    return both if link.title_en is None else Bilingual(fr=link.title, en=link.title_en) or both


def _fill(resource: Resource, link: HarvestedResource) -> None:
    for name, value in facts_of_link(link).items():
        setattr(resource, name, value)


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
            dataset.resources.append(Resource(position=position, url=link.url, **facts_of_link(link)))


def _shown(said: list[str] | None, url: str) -> list[str] | None:
    return [said[0] or url, said[1] or "other"] if said else None
