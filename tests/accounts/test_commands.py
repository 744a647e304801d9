from hackaviz.accounts.models import Person
from tests.accounts.conftest import PASSWORD

COMMAND = ["accounts", "create-administrator", "--email", "Zoe@Example.org", "--name", "Zoe"]


def run(app):
    result = app.test_cli_runner().invoke(args=COMMAND)
    assert result.exit_code == 0, result.output
    return result.stdout.strip().removeprefix("http://127.0.0.1:8000")


def test_an_empty_installation_gets_an_administrator_who_chooses_a_password(app, client, session):
    link = run(app)
    assert "<h1>Choose a password</h1>" in client.get(f"{link}?lang=en").text
    assert client.post(link, data={"password": PASSWORD}).status_code == 302
    client.post("/sign-in", data={"email": "zoe@example.org", "password": PASSWORD})
    assert client.get("/administration/people").status_code == 200


def test_a_second_run_makes_a_new_link_and_nothing_else(app, client, session):
    client.post(run(app), data={"password": PASSWORD})
    before = [(zoe.id, zoe.name, zoe.password_hash) for zoe in session.query(Person)]
    session.commit()
    second = run(app)
    assert [(zoe.id, zoe.name, zoe.password_hash) for zoe in session.query(Person)] == before
    assert "<h1>Choose a new password</h1>" in client.get(f"{second}?lang=en").text


def test_somebody_who_has_an_account_becomes_administrator(app, session, ada):
    session.commit()
    arguments = ["accounts", "create-administrator", "--email", "ada@example.org", "--name", "Another name"]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    session.refresh(ada)
    assert ada.is_administrator
    assert ada.name == "Ada Lovelace"
