"""What must stand on one line keeps the spaces of its language."""

from hackaviz.kernel.one_line import on_one_line


def test_blanks_and_every_end_of_line_become_one_space():
    assert on_one_line("  A\r\nB\t C\x85D\u2028E\x1cF ") == "A B C D E F"


def test_no_break_spaces_stay():
    assert on_one_line("Sillages\u00a0: 1\u202f500\u00a0€") == "Sillages\u00a0: 1\u202f500\u00a0€"
