"""Bodies larger than a page needs are refused before they are kept."""


def test_a_large_body_to_a_page_without_files_is_refused(client):
    body = "email=" + "x" * 5_000_000
    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_a_hundred_thousand_form_parts_are_refused(client):
    body = "&".join(f"f{number}=1" for number in range(100_000))
    answer = client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {400, 413, 422}
