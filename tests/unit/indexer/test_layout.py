"""Letters become words, words become lines, lines come in reading order."""

from __future__ import annotations

from indexer.layout import HYPHEN, Box, Letters, PrintedLines, character, in_reading_order, placed, printed_lines
from indexer.pages import Word


def word(text: str, x: float, y: float) -> Word:
    return Word(text, -1, x, y, x + 6 * len(text), y + 10)


def texts(lines: list[list[Word]]) -> list[str]:
    return [" ".join(each.text for each in line) for line in lines]


def test_every_word_stands_in_the_text_where_it_says() -> None:
    text, words = placed([[word("Pasal", 0, 0), word("1", 40, 0)], [word("Dalam", 0, 20)]])
    assert text == "Pasal 1\nDalam"
    assert [text[each.start : each.start + len(each.text)] for each in words] == ["Pasal", "1", "Dalam"]


def test_margin_labels_drawn_first_come_back_beside_their_lines() -> None:
    labels = [[word("Menimbang", 0, 20)], [word("Mengingat", 0, 60)]]
    body = [[word("PERATURAN", 80, 0)], [word("a.", 80, 20)], [word("b.", 80, 40)], [word("1.", 80, 60)]]
    assert texts(in_reading_order([*labels, *body])) == ["PERATURAN", "Menimbang a.", "b.", "Mengingat 1."]


def test_a_footer_drawn_first_is_read_last() -> None:
    lines = [[word("kaki", 0, 90)], [word("Pasal", 0, 0)], [word("isi", 0, 20)]]
    assert texts(in_reading_order(lines)) == ["Pasal", "isi", "kaki"]


def test_cells_of_a_table_are_not_mixed() -> None:
    rows = [[[word(f"kiri{row}{line}", 0, 40 * row + 12 * line)] for line in (0, 1)] for row in range(9)]
    cells = [[[word(f"kanan{row}{line}", 200, 40 * row + 12 * line)] for line in (0, 1)] for row in range(9)]
    drawn = [line for left, right in zip(rows, cells, strict=True) for line in [*left, *right]]
    assert texts(in_reading_order(drawn))[:4] == ["kiri00", "kiri01", "kanan00", "kanan01"]


def test_a_column_of_its_own_follows_the_other_one() -> None:
    left = [[word(f"kiri{at}", 0, 20 * at)] for at in range(6)]
    right = [[word(f"kanan{at}", 200, 20 * at)] for at in range(6)]
    assert texts(in_reading_order([*left, *right])) == [*texts(left), *texts(right)]


def printed(*letters: tuple[str, Box, float] | str) -> PrintedLines:
    """What comes of letters given as (character, box, angle), or as the blank or break alone."""
    full = [letter if isinstance(letter, tuple) else (letter, (0, 0, 0, 0), 0) for letter in letters]
    text, angles = "".join(each[0] for each in full), [each[2] for each in full]
    return printed_lines(Letters(text, angles, [edge for each in full for edge in each[1]]), lambda box: box)


def test_letters_standing_askew_are_counted_and_left_out() -> None:
    found = printed(("a", (0, 0, 5, 10), 0), ("x", (2, 2, 8, 8), 45), ("b", (6, 0, 10, 10), 0), "\n")
    assert texts(list(found.lines)) == ["ab"]
    assert found.lines[0][0] == Word("ab", -1, 0, 0, 10, 10)
    assert found.askew == 1


def test_letters_without_a_known_character_are_counted_and_left_out() -> None:
    found = printed((character(3), (0, 0, 5, 10), 0), " ", ("b", (6, 0, 10, 10), 0))
    assert texts(list(found.lines)) == ["b"]
    assert found.nameless == 1


def test_a_hyphen_at_a_line_end_stays_and_ends_the_line() -> None:
    letters = [("a", (0, 0, 5, 10), 0.0), (HYPHEN, (5, 0, 8, 10), 0.0), ("b", (0, 20, 5, 30), 0.0)]
    assert texts(list(printed(*letters).lines)) == ["a-", "b"]


def test_a_line_ends_also_at_the_hyphen_of_a_watermark() -> None:
    letters = [("a", (0, 0, 5, 10), 0.0), (HYPHEN, (5, 0, 8, 10), 45.0), ("b", (0, 20, 5, 30), 0.0)]
    assert texts(list(printed(*letters).lines)) == ["a", "b"]


def test_lines_running_down_the_page_are_read_from_the_right() -> None:
    found = printed(("b", (0, 0, 10, 5), 90), "\n", ("a", (20, 0, 30, 5), 90), "\n")
    assert texts(list(found.lines)) == ["a", "b"]
    assert (found.lines[0][0].x0, found.lines[0][0].y1) == (20, 5)


def test_a_page_of_thousands_of_lines_keeps_the_order_of_the_file() -> None:
    left = [[word("kiri", 0, 20 * at)] for at in range(1001)]
    lines = [*left, [word("kanan", 200, 20)]]
    assert texts(in_reading_order(lines)) == texts(lines)


def test_soft_hyphens_and_control_codes_become_what_can_be_stored() -> None:
    assert [character(code) for code in (0xAD, 0, 0x0A, 0xD800, 0x110000, 0x41)] == [
        "-",
        " ",
        "\n",
        "\ufffd",
        "\ufffd",
        "A",
    ]
