"""The one style sheet of the window, generated from the tokens."""

from __future__ import annotations

from string import Template

from desk_client.ui.tokens import Colours, Size, Space, Tone, Type

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QFrame[place="work"] { background: $window; }
QFrame[place="bar"], QFrame[place="side"], QFrame[place="raised"] { background: $surface; }
QFrame[place="bar"][edge="bottom"] { border-bottom: 1px solid $line; }
QFrame[place="bar"][edge="top"] { border-top: 1px solid $line; }
QFrame[place="side"][edge="right"] { border-right: 1px solid $line; }
QFrame[place="side"][edge="left"] { border-left: 1px solid $line; }
QFrame[place="raised"] { border: 1px solid $line; border-radius: ${radius}px; }
QFrame[place="raised"][edge="left"] {
    border: 0; border-left: 2px solid $outline; border-radius: 0;
}
QFrame[place="popup"] { background: $surface; border: 1px solid $outline; border-radius: ${radius}px; }
QFrame[place="rule"] { background: $line; max-height: 1px; min-height: 1px; border: 0; }
QScrollArea, QScrollArea > QWidget > QWidget, QStackedWidget { background: transparent; border: 0; }

QLabel { background: transparent; }
QLabel[type="secondary"] { color: $secondary; font-size: ${secondary_px}px; }
QLabel[type="caption"] { color: $secondary; font-size: ${secondary_px}px; font-weight: $strong; }
QLabel[type="strong"] { font-weight: $strong; }
QLabel[type="heading"] { font-size: ${heading_px}px; font-weight: $strong; }
QLabel[type="timer"] { font-size: ${timer_px}px; font-weight: $strong; letter-spacing: 0.5px; }
QLabel[type="reference"] { font-size: ${reference_px}px; font-weight: $strong; }
QLabel[type="link"] { color: $accent; font-weight: $strong; }
QLabel[type="error"] { color: $late; font-size: ${secondary_px}px; }
QLabel[tone="fine"] { color: $fine; }
QLabel[tone="soon"] { color: $soon; }
QLabel[tone="late"] { color: $late; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit {
    background: $surface; color: $text; border: 1px solid $outline; border-radius: ${radius}px;
    padding: 7px 11px; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $secondary;
}
QPlainTextEdit, QTextEdit { padding: 8px 9px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {
    border: ${focus}px solid $accent; padding: 6px 10px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: 7px 8px; }
QPlainTextEdit[type="prose"], QPlainTextEdit[type="prose"]:focus {
    background: transparent; border: 0; border-radius: 0; padding: 0;
}
QPlainTextEdit[role="heading"] { font-size: ${heading_px}px; font-weight: $strong; }
QPlainTextEdit[role="strong"] { font-weight: $strong; }
QPlainTextEdit[fixed="true"] { color: $secondary; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $late; }
QLineEdit:read-only { background: $window; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $window; color: $secondary; border-color: $line;
}
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[popup="true"] {
    background: $surface; color: $text; border: 1px solid $outline; padding: 4px; outline: 0;
    selection-background-color: $selected; selection-color: $text;
}
QListView[popup="true"]::item { padding: 6px 8px; border-radius: 4px; }
QListView[popup="true"]::item:selected { background: $selected; color: $text; }

QListView[place="queue"] { background: $surface; border: 0; outline: 0; }
QListView[place="queue"]:focus { border: 0; }
QTableView, QTreeView {
    background: $surface; alternate-background-color: $window; border: 1px solid $line; gridline-color: $line;
    selection-background-color: $selected; selection-color: $text;
}
QTableView:focus, QTreeView:focus { border: ${focus}px solid $accent; }
QHeaderView::section {
    background: $window; color: $secondary; font-size: ${secondary_px}px; font-weight: $strong;
    border: 0; border-bottom: 1px solid $line; padding: 6px 8px;
}
QCheckBox, QRadioButton { spacing: 8px; padding: 2px; min-height: 24px; border: ${focus}px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border: ${focus}px solid $accent; border-radius: 4px; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $outline; border: 3px solid $surface; border-radius: 6px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; height: 0; width: 0;
}
QDialogButtonBox QPushButton {
    background: $surface; border: 1px solid $line; border-radius: ${radius}px; padding: 6px 13px; min-width: 64px;
}
QDialogButtonBox QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; font-weight: $strong; }
QDialogButtonBox QPushButton:focus { border: ${focus}px solid $text; padding: 5px 12px; }
QMessageBox QLabel { min-width: 320px; }
QToolTip { background: $text; color: $surface; border: 0; padding: 6px 8px; }
QMenu { background: $surface; border: 1px solid $outline; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $text; }
""")


def style_sheet(colours: Colours, base_px: float) -> str:
    """The sheet for these colours and the system's font size in pixels."""

    def px(ratio: float) -> int:
        return round(base_px * ratio)

    return _SHEET.substitute(
        window=colours.window,
        surface=colours.surface,
        line=colours.line,
        text=colours.text,
        secondary=colours.secondary,
        accent=colours.accent,
        on_accent=colours.on_accent,
        selected=colours.selected,
        outline=colours.outline,
        fine=colours.tones[Tone.FINE].text,
        soon=colours.tones[Tone.SOON].text,
        late=colours.tones[Tone.LATE].text,
        radius=Size.RADIUS,
        focus=Size.FOCUS,
        strong=Type.STRONG,
        gap=Space.S,
        secondary_px=px(Type.SECONDARY),
        heading_px=px(Type.HEADING),
        timer_px=px(Type.TIMER),
        reference_px=px(Type.REFERENCE),
    )
