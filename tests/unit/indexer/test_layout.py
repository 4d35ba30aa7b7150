"""Letters become words, words become lines, lines come in reading order."""

from __future__ import annotations

from indexer.layout import Letter, character, in_reading_order, placed, printed_lines
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


def test_letters_standing_askew_are_counted_and_left_out() -> None:
    slanted = Letter("x", (2, 2, 8, 8), 45)
    found = printed_lines([Letter("a", (0, 0, 5, 10)), slanted, Letter("b", (6, 0, 10, 10)), Letter("\n")])
    assert texts(list(found.lines)) == ["ab"]
    assert found.askew == 1


def test_letters_without_a_known_character_are_counted_and_left_out() -> None:
    found = printed_lines([Letter(character(3), (0, 0, 5, 10)), Letter(" "), Letter("b", (6, 0, 10, 10))])
    assert texts(list(found.lines)) == ["b"]
    assert found.nameless == 1


def test_lines_running_down_the_page_are_read_from_the_right() -> None:
    second = [Letter("b", (0, 0, 10, 5), 90), Letter("\n")]
    first = [Letter("a", (20, 0, 30, 5), 90), Letter("\n")]
    found = printed_lines([*second, *first])
    assert texts(list(found.lines)) == ["a", "b"]
    assert (found.lines[0][0].x0, found.lines[0][0].y1) == (20, 5)


def test_soft_hyphens_and_control_codes_become_what_can_be_stored() -> None:
    assert [character(code) for code in (0xAD, 0, 0x0A, 0xD800, 0x41)] == ["-", " ", "\n", "\ufffd", "A"]
