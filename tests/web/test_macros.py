"""What the macros promise to every page: errors lead to their field, tables stay tables, words follow the language."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import render_template_string
from wtforms import FileField, Form, FormField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Titles(Form):
    fr = StringField("French", [DataRequired(message="Write it in French.")])


class Entry(Form):
    name = StringField("Name", [DataRequired(message="Give a name.")], description="Shown to all.")
    kind = RadioField(
        "Which kind?",
        choices=[SelectChoice("a", "A"), SelectChoice("b", "B")],
        validators=[DataRequired(message="Choose one.")],
    )
    title = FormField(Titles)


class Upload(Form):
    work = FileField("Work")


@pytest.fixture
def render(app):
    """Draw a piece of template that uses the macros of one file, in one language."""

    def render_in(language, macros, source, **values):
        with app.test_request_context(f"/?lang={language}"):
            start = f'{{% import "macros/{macros}.html" as {macros} with context %}}'
            return render_template_string(start + source, **values)

    return render_in


@pytest.fixture
def refused():
    form = Entry(data={"name": ""})
    form.validate()
    return form


COUNTDOWN = "{{ layout.countdown(end, now, 'Left', 'until then', 'Closed') }}"
FORM = "{% call forms.form(form) %}{{ forms.field(form.name) }}{% endcall %}"


@pytest.mark.database("sqlite")
class TestForms:
    def test_the_summary_leads_to_every_refused_field_even_nested_ones(self, render, refused):
        page = render("en", "forms", FORM, form=refused)
        assert '<a href="#name">Name: Give a name.</a>' in page
        assert '<a href="#kind-0">Which kind: Choose one.</a>' in page
        assert '<a href="#title-fr">French: Write it in French.</a>' in page

    def test_the_summary_lists_fields_in_the_order_of_the_page(self, render, refused):
        body = "{{ forms.radios(form.kind) }}{{ forms.field(form.title.fr) }}{{ forms.field(form.name) }}"
        page = render("en", "forms", f"{{% call forms.form(form) %}}{body}{{% endcall %}}", form=refused)
        assert re.findall(r'<a href="#([^"]+)">', page) == ["kind-0", "title-fr", "name"]

    def test_a_refused_field_names_its_hint_and_its_error(self, render, refused):
        page = render("en", "forms", FORM, form=refused)
        assert 'aria-describedby="name-hint name-error"' in page
        assert 'aria-invalid="true"' in page
        assert 'id="name-hint"' in page
        assert 'id="name-error"' in page

    def test_a_good_form_shows_no_error(self, render):
        page = render("en", "forms", FORM, form=Entry())
        assert "aria-invalid" not in page
        assert 'role="alert"' not in page

    def test_every_form_carries_its_token_and_files_travel_whole(self, render):
        source = "{% call forms.form(form) %}{% endcall %}"
        assert 'name="csrf_token"' in render("en", "forms", source, form=Entry())
        assert "multipart/form-data" not in render("en", "forms", source, form=Entry())
        assert 'enctype="multipart/form-data"' in render("en", "forms", source, form=Upload())

    def test_attributes_of_a_form_are_written_on_it(self, render):
        source = "{% call forms.form(form, **{'data-autosave': '/x?a=1&b=2'}) %}{% endcall %}"
        assert 'data-autosave="/x?a=1&amp;b=2"' in render("en", "forms", source, form=Entry())

    def test_what_people_typed_is_escaped_in_an_attribute(self, render):
        source = "{{ forms.post_button(label, '/x', confirm=label) }}"
        page = render("en", "forms", source, label='"><script>')
        assert "<script>" not in page


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("left", "language", "words"),
    [
        (timedelta(days=12, hours=1), "en", "12 days 1 hour"),
        (timedelta(days=1, hours=4), "fr", "1 jour 4 heures"),
        (timedelta(hours=3, minutes=12), "en", "3 hours 12 minutes"),
        (timedelta(minutes=2, seconds=1), "fr", "2 minutes 1 seconde"),
    ],
)
def test_a_countdown_says_the_two_largest_units(render, left, language, words):
    page = render(language, "layout", COUNTDOWN, end=NOW + left, now=NOW)
    assert f">{words}</b>" in page
    assert "Closed</p>" not in page


@pytest.mark.database("sqlite")
def test_a_countdown_that_is_over_says_so_and_counts_nothing(render):
    page = render("en", "layout", COUNTDOWN, end=NOW, now=NOW)
    assert "<p>Closed</p>" in page
    assert 'role="timer"' not in page


@pytest.mark.database("sqlite")
def test_a_cell_repeats_its_column_and_keeps_its_role(render):
    columns = [("Prize", ""), ("Amount", "num")]
    page = render("en", "tables", "{{ tables.rows('Prizes', columns, [['First', '1']]) }}", columns=columns)
    assert '<td role="cell" data-label="Amount" class="num">1</td>' in page
    assert '<th scope="row" role="rowheader">First</th>' in page


@pytest.mark.database("sqlite")
def test_money_bars_share_one_scale(render):
    promised = {"label": "Promised", "cents": 20000}
    received = {"label": "Received", "cents": 5000, "gap_cents": 15000}
    page = render("en", "money", "{{ money.bars(rows) }}", rows=[promised, received])
    assert 'class="bar" x="0" y="1" width="100.0%"' in page
    assert 'class="bar" x="0" y="1" width="25.0%"' in page
    assert 'class="bar-gap" x="25.0%" y="1" width="75.0%"' in page


@pytest.mark.database("sqlite")
def test_a_challenge_from_ten_on_flies_two_pennants(render):
    page = render("en", "icons", "{{ icons.pennant(12) }}")
    assert "#pennant-1" in page
    assert "#pennant-2" in page


def test_a_cell_keeps_the_code_of_an_entry_on_one_line_and_stays_one_clean_text(render):
    html = render(
        "en", "tables", "{{ tables.cell('What', 'C-43 <b> & C-7, SHA-256') }}{{ tables.cell('How many', 43) }}"
    )

    assert '<span><span class="code">C-43</span> &lt;b&gt; &amp; C-7, SHA-256</span></td>' in html
    assert ">43</td>" in html
