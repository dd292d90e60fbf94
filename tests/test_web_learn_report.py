"""Pages to learn, and the page for a doctor or trainer, in the app."""

import pytest
from starlette.testclient import TestClient

from backstory.journal.learning import topics

TOPICS = [one["topic"] for one in topics()["topics"]]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_its_page(web: TestClient, topic: str) -> None:
    assert web.get(f"/learn/{topic}").status_code == 200


def test_the_list_can_be_searched(web: TestClient) -> None:
    everything, some = web.get("/learn").text, web.get("/learn?q=sitting").text
    assert everything.count('href="/learn/') == len(TOPICS) > some.count('href="/learn/') > 0
    assert "&lt;b&gt;" in web.get("/learn?q=<b>").text


@pytest.mark.parametrize("topic", ["nothing-of-the-kind", "..%2f..%2fetc%2fpasswd", "%00", "a" * 5000, "<script>"])
def test_what_is_no_topic_is_told(web: TestClient, topic: str) -> None:
    page = web.get(f"/learn/{topic}")
    assert page.status_code == 404 and "<script>" not in page.text.replace('<script src="', "")


def test_the_page_for_a_doctor_is_there_without_anything_recorded(web: TestClient) -> None:
    assert web.get("/report").text.count("<tr>") == 13
    pdf, html = (web.get(f"/report/backstory.{kind}") for kind in ("pdf", "html"))
    assert pdf.content.startswith(b"%PDF") and "attachment" in pdf.headers["content-disposition"]
    assert html.text.startswith("<!doctype html>") and "attachment" in html.headers["content-disposition"]


@pytest.mark.parametrize("address", ["/report/backstory.exe", "/report/backstory.pdf?paper=a3"])
def test_a_page_of_another_kind_is_refused(web: TestClient, address: str) -> None:
    assert web.get(address).status_code == 422
